// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/paid_years.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/tail/made_up_book.hpp"

namespace corridor {
namespace {

constexpr Cents usd = 100;
constexpr std::uint32_t years = 300;
// Layers below and above lasers and the limit, of everybody, of one group's persons and of nobody.
const PersonLayer layers[]{{50'000 * usd, 100'000 * usd, 0}, {0, unlimited, 0}, {0, unlimited, 7}};

made_up::BoundBook plain_with_limit() {
  Portfolio book = made_up::portfolio({20, 20});
  DistributionSpec law;
  law.name = "heavy";
  law.kind = "lognormal";
  law.numbers = {{"mu", {8.5}}, {"sigma", {2.0}}, {"p_zero", {0.15}}};
  book.distributions.push_back(law);
  made_up::add_group_column(book, "effect_cv", {0.2, 0.2});
  made_up::add_group_column(book, "specific_deductible_usd", {40e3, HUGE_VAL});
  made_up::add_group_column(book, "specific_limit_usd", {150e3, HUGE_VAL});
  made_up::add_group_column(book, "specific_reimbursement", {0.7, 1});
  made_up::add_group_column(book, "aggregate_reimbursement", {0.9, 1});
  made_up::add_group_column(book, "aggregate_corridor", {1.05, 1.1});
  return {book, compile_tables(book, required_effects(book)), years};
}

/// Every group's rows, once one by one and once as pieces.
void expect_years_of_their_own(const made_up::BoundBook& book) {
  const std::vector<TailGroup> groups = book.groups(layers);
  const auto backend = cpu::make_backend({}, book.plan.book->table_set());
  std::vector<GroupJob> jobs;
  for (const TailGroup& group : groups) jobs.push_back(group.job());
  const YearBlock block{0, years};
  constexpr std::uint32_t at = 3, count = years - 8;  // neither begins nor ends with a vector
  std::size_t paid_years = 0;
  backend->each_block(jobs, 5, {&block, 1}, [&](std::size_t, std::size_t g, SumsView sums) {
    PaidYears paid;
    groups[g].pay(sums, at, count, paid);
    std::vector<std::uint8_t> rungs(count, 1);
    groups[g].raise_rungs(sums, at, count, rungs.data());
    std::vector<std::vector<Cents>> in_layer(std::size(layers), std::vector<Cents>(count, 11));
    for (std::size_t l = 0; l < in_layer.size(); ++l) {
      groups[g].add_layer(l, sums, at, count, in_layer[l].data());
    }
    ASSERT_EQ(paid.count, count);
    for (std::uint32_t y = 0; y < count; ++y) {
      const GroupYear year = groups[g].year(sums, at + y);
      ASSERT_EQ(paid.counted[y], year.counted) << "group " << g << ", year " << y;
      ASSERT_EQ(paid.specific_before_asd[y], year.specific_before_asd) << g << ", " << y;
      ASSERT_EQ(paid.specific[y], year.specific) << g << ", " << y;
      ASSERT_EQ(paid.aggregate[y], year.aggregate) << g << ", " << y;
      ASSERT_EQ(paid.gross[y], year.gross()) << g << ", " << y;
      ASSERT_EQ(rungs[y], std::max<int>(year.rung, 1)) << g << ", " << y;
      for (std::size_t l = 0; l < in_layer.size(); ++l) {
        ASSERT_EQ(in_layer[l][y], 11 + groups[g].layer(l, sums, at + y)) << g << ", " << y;
      }
      paid_years += year.gross() > 0 ? 1 : 0;
    }
  });
  EXPECT_GT(paid_years, years / 10);
}

TEST(PaidYears, AreTheYearsOneByOne) { expect_years_of_their_own(made_up::heavy_book(years)); }

TEST(PaidYears, OfLimitedSpecificsAndNoneAreTheYearsOneByOne) {
  expect_years_of_their_own(plain_with_limit());
}

void expect_sums_of(const std::vector<Cents>& amounts) {
  CellTally wanted, found;
  wanted.add(17);
  found.add(17);
  for (const Cents amount : amounts) wanted.add(amount);
  add_amounts(amounts, found);
  EXPECT_EQ(found.sum.low, wanted.sum.low);
  EXPECT_EQ(found.sum.high, wanted.sum.high);
  EXPECT_EQ(found.squares.low, wanted.squares.low);
  EXPECT_EQ(found.squares.high, wanted.squares.high);
  EXPECT_EQ(found.hits, wanted.hits);
}

TEST(PaidYears, SumsOfAmountsAreThoseOfTheTallyAtAnySize) {
  std::mt19937_64 random(3);
  for (const int bits : {1, 20, 27, 40, 52, 53, 60}) {
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{13},
                                    std::size_t{PaidYears::most}}) {
      std::vector<Cents> amounts(count);
      for (Cents& amount : amounts) amount = static_cast<Cents>(random() >> (64 - bits));
      expect_sums_of(amounts);
    }
  }
  expect_sums_of(std::vector<Cents>(PaidYears::most, (Cents{1} << 52) - 1));
}

}  // namespace
}  // namespace corridor
