// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/tail_group.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "corridor/error.hpp"
#include "tests/tail/made_up_book.hpp"

namespace corridor {
namespace {

constexpr Cents usd = 100;

/// The first year of the first group of a book in which everybody's claims are `claim_usd`.
class OneYear {
 public:
  OneYear(Portfolio book, float claim_usd, std::span<const PersonLayer> layers)
      : book_(with_no_effect(std::move(book)), made_up::tables({25e6}, 0, claim_usd), 1),
        groups_(book_.groups(layers)),
        backend_(cpu::make_backend({}, book_.plan.book->table_set())) {
    const std::vector<GroupJob> jobs{groups_[0].job()};
    const YearBlock block{0, 1};
    backend_->each_block(jobs, 1, {&block, 1}, [&](std::size_t, std::size_t, SumsView sums) {
      year = groups_[0].year(sums, 0);
      for (std::size_t l = 0; l < layers.size(); ++l) {
        layer.push_back(groups_[0].layer(l, sums, 0));
      }
    });
  }

  GroupYear year;
  std::vector<Cents> layer;

 private:
  static Portfolio with_no_effect(Portfolio book) {
    made_up::add_group_column(book, "effect_cv", {0});
    return book;
  }

  made_up::BoundBook book_;
  std::vector<TailGroup> groups_;
  std::unique_ptr<Backend> backend_;
};

Portfolio covered(std::uint64_t members, double deductible_usd) {
  Portfolio book = made_up::portfolio({members});
  made_up::add_group_column(book, "specific_deductible_usd", {deductible_usd});
  return book;
}

TEST(TailGroup, PaysEachPersonsExcessAndCountsTheLargestClaim) {
  const OneYear run(covered(3, 100e3), 700e3, {});
  EXPECT_EQ(run.year.ground_up, 3 * 700'000 * usd);
  EXPECT_EQ(run.year.specific, 3 * 600'000 * usd);
  EXPECT_EQ(run.year.employer(), 3 * 100'000 * usd);
  EXPECT_EQ(run.year.rung, 2);  // above 250,000 and 500,000
}

TEST(TailGroup, AClaimOfARungsVeryAmountIsNotAboveIt) {
  EXPECT_EQ(OneYear(covered(1, 100e3), 500e3, {}).year.rung, 1);
}

TEST(TailGroup, ALayerIsOfWhatIsPaidForEachPerson) {
  const PersonLayer layers[]{{100'000 * usd, 200'000 * usd, 0},
                             {300'000 * usd, unlimited, 0},
                             {0, 50'000 * usd, 0},
                             {900'000 * usd, 100'000 * usd, 0}};
  const OneYear run(covered(2, 100e3), 700e3, layers);
  EXPECT_EQ(run.layer[0], 2 * 200'000 * usd);
  EXPECT_EQ(run.layer[1], 2 * 300'000 * usd);
  EXPECT_EQ(run.layer[2], 2 * 50'000 * usd);
  EXPECT_EQ(run.layer[3], 0);
}

TEST(TailGroup, AReimbursementShareComesBeforeTheLayer) {
  Portfolio book = covered(1, 100e3);
  made_up::add_group_column(book, "specific_reimbursement", {0.8});
  const PersonLayer layers[]{{400'000 * usd, unlimited, 0}, {0, 400'000 * usd, 0}};
  const OneYear run(book, 700e3, layers);  // pays 480,000
  EXPECT_EQ(run.layer[0], 80'000 * usd);
  EXPECT_EQ(run.layer[1], 400'000 * usd);
}

TEST(TailGroup, NothingIsInALayerAboveTheSpecificLimit) {
  Portfolio book = covered(1, 100e3);
  made_up::add_group_column(book, "specific_limit_usd", {250e3});
  const PersonLayer layers[]{{200'000 * usd, 300'000 * usd, 0}, {250'000 * usd, unlimited, 0}};
  const OneYear run(book, 700e3, layers);
  EXPECT_EQ(run.year.specific, 250'000 * usd);
  EXPECT_EQ(run.layer[0], 50'000 * usd);
  EXPECT_EQ(run.layer[1], 0);
}

TEST(TailGroup, ALaserMovesThePersonsLayer) {
  Portfolio book = covered(2, 100e3);
  made_up::add_member_column(book, "laser_usd", {NAN, 550e3});
  const PersonLayer layers[]{{100'000 * usd, 200'000 * usd, 0}};
  const OneYear run(book, 700e3, layers);  // pays 600,000 and 150,000
  EXPECT_EQ(run.year.specific, 750'000 * usd);
  EXPECT_EQ(run.layer[0], 250'000 * usd);
}

TEST(TailGroup, AnExcludedPersonIsInNoLayerButStaysALargeClaim) {
  Portfolio book = covered(1, 100e3);
  made_up::add_member_column(book, "laser_usd", {HUGE_VAL});
  const PersonLayer layers[]{{0, unlimited, 0}};
  const OneYear run(book, 700e3, layers);
  EXPECT_EQ(run.year.specific, 0);
  EXPECT_EQ(run.layer[0], 0);
  EXPECT_EQ(run.year.rung, 2);
}

TEST(TailGroup, ALayerOfACaptiveLeavesOtherGroupsOut) {
  Portfolio book = covered(1, 100e3);
  book.groups.columns.push_back({"captive", 1, std::vector<std::uint16_t>{7}});
  const PersonLayer layers[]{{0, unlimited, 7}, {0, unlimited, 8}, {0, unlimited, 0}};
  const OneYear run(book, 700e3, layers);
  EXPECT_EQ(run.layer[0], 600'000 * usd);
  EXPECT_EQ(run.layer[1], 0);
  EXPECT_EQ(run.layer[2], 600'000 * usd);
}

TEST(TailGroup, TooManyLayersAreRefused) {
  // Both parts of the group effect, the lasting and the yearly one, have a table of their own.
  const made_up::BoundBook book(covered(1, 100e3), made_up::tables({25e6}, 2), 1);
  std::vector<PersonLayer> layers;
  for (Cents l = 1; l <= 40; ++l) layers.push_back({l * 10'000 * usd, 5'000 * usd, 0});
  EXPECT_THROW(book.groups(layers), Error);
}

TEST(TailGroup, AnEffectWithoutATableIsABugAndNotWhatLiesBehindTheTables) {
  EXPECT_THROW(made_up::BoundBook(covered(1, 100e3), made_up::tables({25e6}, 1), 1), Error);
}

}  // namespace
}  // namespace corridor
