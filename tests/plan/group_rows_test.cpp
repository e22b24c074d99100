// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/group_rows.hpp"

#include <gtest/gtest.h>

namespace corridor {
namespace {

std::vector<Cents> ladder(int count) {
  std::vector<Cents> deductibles;
  for (int i = 1; i <= count; ++i) deductibles.push_back(i * Cents{1'000'000});
  return deductibles;
}

TEST(GroupPasses, EightDeductiblesWithoutALimitAreEightThresholdsInOnePass) {
  const std::vector<GroupPass> passes = group_passes(Terms{}, ladder(8), false);
  ASSERT_EQ(passes.size(), 1u);
  EXPECT_EQ(passes[0].thresholds.size(), 8u);
  EXPECT_EQ(passes[0].rows[3].deductible_threshold, 3u);
  EXPECT_EQ(passes[0].rows[3].limit_threshold, GridRow::no_limit);
}

TEST(GroupPasses, ALimitIsAThresholdSharedWithADeductibleOfTheSameAmount) {
  Terms terms;
  terms.SpecificLimit::limit = 1'000'000;
  const std::vector<GroupPass> passes = group_passes(terms, ladder(8), false);
  ASSERT_EQ(passes.size(), 1u);
  EXPECT_EQ(passes[0].thresholds.size(), 9u);
  EXPECT_EQ(passes[0].rows[2].limit_threshold, passes[0].rows[3].deductible_threshold);
}

TEST(GroupPasses, EveryRowFindsItsThresholdsHoweverManyPassesTheyNeed) {
  for (const bool personal : {false, true}) {
    Terms terms;
    terms.SpecificLimit::limit = 7'777'700;
    std::vector<Cents> seen;
    for (const GroupPass& pass : group_passes(terms, ladder(100), personal)) {
      EXPECT_LE(pass.thresholds.size(), std::size_t{thresholds_max});
      EXPECT_TRUE(std::is_sorted(pass.thresholds.begin(), pass.thresholds.end()));
      for (const GridRow& row : pass.rows) {
        seen.push_back(row.terms.deductible);
        EXPECT_EQ(pass.thresholds.at(row.deductible_threshold).amount, row.terms.deductible);
        EXPECT_EQ(pass.thresholds.at(row.limit_threshold).amount,
                  row.terms.deductible + 7'777'700);
      }
    }
    EXPECT_EQ(seen, ladder(100));
  }
}

TEST(GroupPasses, PersonsWithOwnTermsKeepEqualAmountsOfDifferentRowsApart) {
  Terms terms;
  terms.SpecificLimit::limit = 1'000'000;
  const std::vector<GroupPass> passes = group_passes(terms, ladder(8), true);
  EXPECT_EQ(passes[0].thresholds.size(), 16u);
}

TEST(OwnThreshold, FollowsTheHigherOfLaserAndDeductible) {
  Terms terms;
  terms.SpecificLimit::limit = 500;
  EXPECT_EQ(own_threshold({1000, 1000, false}, 3000, terms), 3000);
  EXPECT_EQ(own_threshold({1000, 1000, false}, 300, terms), 1000);
  EXPECT_EQ(own_threshold({1500, 1000, true}, 3000, terms), 3500);
  EXPECT_EQ(own_threshold({1500, 1000, true}, unlimited, terms), unlimited);
}

TEST(OwnThreshold, OfATotalClaimLimitStaysUnlessTheLaserIsHigher) {
  Terms terms;
  terms.SpecificLimit::limit = 2000;
  terms.basis = SpecificLimit::total_claim;
  EXPECT_EQ(own_threshold({2000, 1000, true}, 1500, terms), 2000);
  EXPECT_EQ(own_threshold({2000, 1000, true}, 3000, terms), 3000);
}

}  // namespace
}  // namespace corridor
