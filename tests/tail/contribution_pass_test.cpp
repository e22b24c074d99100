// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/contribution_pass.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "host/risk/risk.hpp"
#include "host/tail/without_group.hpp"
#include "tests/tail/made_up_book.hpp"

namespace corridor {
namespace {

constexpr std::uint32_t years = 4000;
constexpr std::uint64_t seed = 3;
constexpr Cents usd = 100;

/// Three groups under a layer of each person and a stop-loss on what it leaves.
class Contributions : public testing::Test {
 protected:
  Contributions()
      : book_(made_up::heavy_book()),
        backend_(cpu::make_backend({2, "", 0}, book_.plan.book->table_set())) {
    Treaty layer;
    layer.kind = TreatyKind::person_excess;
    layer.attachment_usd = 200e3;
    Treaty stop;
    stop.kind = TreatyKind::book_aggregate;
    stop.order = 1;
    stop.attachment_usd = 400e3;
    stop.share = 0.9;
    programme_.treaties = {layer, stop};
    groups_ = book_.groups(person_layers(programme_));
    years_ = book_years(groups_, 1, *backend_, seed, years);
    for (std::uint32_t y = 0; y < years; ++y) gross_.push_back(years_.gross(y));
    ceded_ = apply_programme(programme_, gross_, years_.layers, 1e6);
  }

  SimulatedBook simulated() {
    return {years_, programme_, ceded_, *backend_, seed};
  }

  std::vector<Contribution> parts(Payouts payouts, std::span<const Cents> amounts,
                                  const Level& level, std::size_t at_a_time = 3) {
    const SimulatedBook book = simulated();
    GroupParts parts(book, payouts, contribution_years(amounts, level), {});
    for (std::span<const TailGroup> rest = groups_; !rest.empty();) {
      const std::size_t count = std::min(at_a_time, rest.size());
      parts.add(rest.first(count));
      rest = rest.subspan(count);
    }
    return parts.parts().parts();
  }

  static double sum(const std::vector<Contribution>& parts) {
    return std::accumulate(parts.begin(), parts.end(), 0.0,
                           [](double s, const Contribution& part) { return s + part.tvar_usd; });
  }

  made_up::BoundBook book_;
  std::unique_ptr<Backend> backend_;
  Programme programme_;
  std::vector<TailGroup> groups_;
  BookYears years_;
  std::vector<Cents> gross_;
  CededYears ceded_;
};

TEST_F(Contributions, OfGrossAndOfNetAddUpToTheirTvar) {
  for (const char* text : {"0.9", "0.99", "0.995"}) {
    const Level level = parse_level(text);
    const double gross = risk_at(ascending(gross_), level).tvar_usd;
    const double net = risk_at(ascending(ceded_.net), level).tvar_usd;
    EXPECT_NEAR(sum(parts(Payouts::gross, gross_, level)) / gross, 1, 1e-12) << text;
    EXPECT_NEAR(sum(parts(Payouts::net, ceded_.net, level)) / net, 1, 1e-12) << text;
  }
}

TEST_F(Contributions, OfAGroupAreItsMeanOverTheTailsYears) {
  const Level level = parse_level("0.99");
  const TailYears tail = tail_years(gross_, level);
  std::vector<double> expected(groups_.size());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const BookYears alone = book_years({&groups_[g], 1}, 1, *backend_, seed, years);
    for (std::size_t i = 0; i < tail.years.size(); ++i) {
      expected[g] += tail.weights[i] * static_cast<double>(alone.gross(tail.years[i])) / 100;
    }
  }
  const std::vector<Contribution> found = parts(Payouts::gross, gross_, level);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    EXPECT_NEAR(found[g].tvar_usd, expected[g], 1e-6 * expected[g]) << g;
  }
}

TEST_F(Contributions, ATreatyTakesMostFromTheGroupsThatItCovers) {
  const Level level = parse_level("0.99");
  const std::vector<Contribution> gross = parts(Payouts::gross, gross_, level);
  const std::vector<Contribution> net = parts(Payouts::net, ceded_.net, level);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    EXPECT_LE(net[g].tvar_usd, gross[g].tvar_usd * 1.001) << g;
  }
  EXPECT_LT(sum(net), sum(gross));
}

TEST_F(Contributions, AddUpToAKey) {
  const Level level = parse_level("0.99");
  const PartKeys keys{"state", {"TX", "NY"}, {1, 0, 1}};
  const SimulatedBook book = simulated();
  GroupParts study(book, Payouts::gross, contribution_years(gross_, level), {keys});
  study.add(groups_);
  const std::vector<Contribution> groups = study.parts().parts(), states = study.parts().keys(0);
  EXPECT_NEAR(states[1].tvar_usd, groups[0].tvar_usd + groups[2].tvar_usd, 1e-6);
  EXPECT_NEAR(states[0].tvar_usd, groups[1].tvar_usd, 1e-6);
}

TEST_F(Contributions, HaveTheSameBitsTwoGroupsAtATime) {
  const Level level = parse_level("0.99");
  for (const auto& [payouts, amounts] : {std::pair{Payouts::gross, gross_},
                                         std::pair{Payouts::net, ceded_.net}}) {
    const std::vector<Contribution> whole = parts(payouts, amounts, level);
    const std::vector<Contribution> pieces = parts(payouts, amounts, level, 2);
    ASSERT_EQ(pieces.size(), whole.size());
    for (std::size_t g = 0; g < whole.size(); ++g) {
      EXPECT_EQ(pieces[g].tvar_usd, whole[g].tvar_usd) << g;
      EXPECT_EQ(pieces[g].tvar_se_usd, whole[g].tvar_se_usd) << g;
    }
  }
}

TEST_F(Contributions, GroupsAreKeyedByDeductibleAndByWhatTheBookSays) {
  const std::vector<PartKeys> keys = group_keys(book_.portfolio);
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys[2].by, "deductible");
  EXPECT_EQ(keys[2].keys, (std::vector<std::string>{"100000", "60000", "300000"}));
  EXPECT_EQ(keys[0].keys.size(), 1u);  // no state is given
}

TEST_F(Contributions, WithoutAGroupTheBookIsTheSumOfTheOthers) {
  const BookYears rest = without_group(years_, groups_[1], *backend_, seed);
  std::vector<TailGroup> others = book_.groups(person_layers(programme_));
  others.erase(others.begin() + 1);
  const BookYears alone = book_years(others, 1, *backend_, seed, years);
  EXPECT_EQ(rest.ground_up, alone.ground_up);
  EXPECT_EQ(rest.specific, alone.specific);
  EXPECT_EQ(rest.aggregate, alone.aggregate);
  EXPECT_EQ(rest.layers, alone.layers);
}

}  // namespace
}  // namespace corridor
