// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/lane/group_year.hpp"

#include <gmock/gmock.h>

#include "tests/lane/injected_words.hpp"
#include "tests/lane/made_up.hpp"

namespace corridor {
namespace {

using made_up::Group;

/// One member of law 0 with scale 1.
Group one_member(const std::vector<Cents>& thresholds = {unlimited}) {
  Group group;
  group.members.push_back({1, 0, 1, 0});
  group.thresholds = thresholds;
  return group;
}

/// The word whose survival lies first at or above `survival`, a multiple of 2^-23.
std::uint32_t word_at(double survival) { return static_cast<std::uint32_t>(survival * 0x1p32); }

Cents ground_up_at(const Group& group, std::uint32_t word, std::uint32_t more = 0) {
  InjectedWords draw;
  draw.set(Purpose::claim, 5, 0, group.key, word);
  draw.set(Purpose::claim_tail, 5, 0, group.key, more);
  return simulate_year(group.view(), 5, draw).ground_up;
}

Cents cents_of(float claim_usd) { return to_cents(static_cast<double>(claim_usd) * 100.0); }

TEST(GroupYear, DrawsTheLastBucketOfTheTableWhereAllBitsAreZero) {
  const Bucket last = made_up::tables().at(0)[0];
  EXPECT_EQ(ground_up_at(one_member(), 0, 0),
            cents_of(fused(last.slope, survival_floor, last.intercept)));
}

TEST(GroupYear, ReadsFurtherBitsOnlyOfARefinedTail) {
  const Group group = one_member();
  EXPECT_NE(ground_up_at(group, refine_below - 1, 0), ground_up_at(group, refine_below - 1, ~0u));
  EXPECT_EQ(ground_up_at(group, refine_below, 0), ground_up_at(group, refine_below, ~0u));
}

TEST(GroupYear, LooksUpEveryBucketOnBothSidesOfItsEdge) {
  const Bucket* table = made_up::tables().at(0);
  for (int b = sloped_bucket_count - 8 * 14; b < sloped_bucket_count; ++b) {
    const std::uint32_t word = word_at(made_up::edge(b));
    for (const std::uint32_t beside : {word, word - 512}) {
      const float survival = survival_of(beside);
      const Bucket bucket = table[beside == word ? b : b - 1];
      if (needs_refining(beside)) continue;
      EXPECT_EQ(ground_up_at(one_member(), beside),
                cents_of(fused(bucket.slope, survival, bucket.intercept)))
          << b;
    }
  }
}

TEST(GroupYear, GivesNoClaimWhereExposureThinsItOut) {
  Group group = one_member();
  group.members[0].inverse_exposure = 4;
  group.thinned = true;
  EXPECT_EQ(ground_up_at(group, word_at(0.25)), 0);
  EXPECT_EQ(ground_up_at(group, ~0u), 0);
  EXPECT_GT(ground_up_at(group, word_at(0.125)), 0);
}

TEST(GroupYear, ThinsByExposureAsByASmallerSurvival) {
  Group thin = one_member();
  thin.members[0].inverse_exposure = 2;
  thin.thinned = true;
  const float survival = survival_of(word_at(0.125)) * 2;
  EXPECT_EQ(ground_up_at(thin, word_at(0.125)),
            cents_of(quantile(made_up::tables().at(0), survival)));
}

TEST(GroupYear, AddsExcessesInWholeCents) {
  Group group = made_up::plain_group(300, 8, 20'000);
  const GroupView view = group.view();
  const Philox draw{round_keys(3)};
  for (std::uint32_t year = 0; year < 200; ++year) {
    Cents expected[8] = {};
    for (std::uint32_t i = 0; i < view.member_count; ++i) {
      const Words words = draw(counter_of(Purpose::claim, year, i, view.key));
      const Cents cents =
          cents_of(claim_usd(view, view.members[i], i, words.w[i & 3], year, 1, draw));
      for (int k = 0; k < 8; ++k) expected[k] += excess_over(cents, view.thresholds[k]);
    }
    const StopLossSums sums = simulate_year(view, year, draw);
    for (int k = 0; k < 8; ++k) EXPECT_EQ(sums.excess[k], expected[k]);
  }
}

TEST(GroupYear, ListsAClaimOneCentAboveTheLowestThreshold) {
  InjectedWords draw;
  for (double survival = 0.001; survival < 0.9; survival += 0.0007) {
    Group group = one_member();
    made_up::add_group_effect(group);
    draw.set(Purpose::claim, 0, 0, group.key, word_at(survival));
    draw.set(Purpose::group_effect, 0, 0, group.key, word_at(1 - survival));
    const Cents claim = simulate_year(group.view(), 0, draw).ground_up;
    if (claim < 2) continue;
    group.thresholds = {claim - 1};
    EXPECT_EQ(simulate_year(group.view(), 0, draw).excess[0], 1) << claim;
    group.thresholds = {claim};
    EXPECT_EQ(simulate_year(group.view(), 0, draw).excess[0], 0) << claim;
  }
}

TEST(GroupYear, CutsClaimsAtTheCapAndTakesTheRestFromTheSum) {
  Group group = one_member({10'000'00});
  group.maximum = 30'000'00;
  InjectedWords draw;
  draw.set(Purpose::claim, 0, 0, group.key, word_at(0x1p-13));
  const StopLossSums sums = simulate_year(group.view(), 0, draw);
  EXPECT_EQ(sums.ground_up, 30'000'00);
  EXPECT_EQ(sums.excess[0], 20'000'00);
}

TEST(GroupYear, HasASumNoSmallerThanItsLowestExcess) {
  const Group group = made_up::plain_group(64, 1, 0);
  const Philox draw{round_keys(9)};
  for (std::uint32_t year = 0; year < 2'000; ++year) {
    const StopLossSums sums = simulate_year(group.view(), year, draw);
    EXPECT_GE(sums.ground_up, sums.excess[0]);
    EXPECT_LE(sums.ground_up - sums.excess[0],
              200);  // half a cent a member, and the sum's rounding
  }
}

TEST(GroupYear, KeepsHalfAMillionMembersWithinTenDollarsWhereFloatsLoseThousands) {
  Group group = made_up::plain_group(500'000, 1, 1e9);
  const GroupView view = group.view();
  const Philox draw{round_keys(1)};
  double exact_usd = 0;
  float float_usd = 0;
  for (std::uint32_t i = 0; i < view.member_count; ++i) {
    const Words words = draw(counter_of(Purpose::claim, 0, i, view.key));
    const float claim = claim_usd(view, view.members[i], i, words.w[i & 3], 0, 1, draw);
    exact_usd += static_cast<double>(claim);
    float_usd += claim;
  }
  const Cents ground_up = simulate_year(view, 0, draw).ground_up;
  EXPECT_NEAR(static_cast<double>(ground_up) / 100, exact_usd, 10);
  EXPECT_GT(std::abs(static_cast<double>(float_usd) - exact_usd), 1'000);
}

TEST(GroupYear, ScalesEveryClaimByTheEffectsInTheirOrder) {
  Group group = one_member();
  made_up::add_group_effect(group);
  group.effects.push_back(
      {Purpose::book_effect, {}, made_up::tables().at(made_up::Tables::book), nullptr});
  group.base_effect = 0.75f;
  InjectedWords draw;
  draw.set(Purpose::claim, 0, 0, group.key, word_at(0.25));
  draw.set(Purpose::group_effect, 0, 0, group.key, word_at(0.5));
  draw.set(Purpose::book_effect, 0, 0, {}, word_at(0.125));
  const float f =
      0.75f * quantile(made_up::tables().at(made_up::Tables::severity), survival_of(word_at(0.5))) *
      quantile(made_up::tables().at(made_up::Tables::book), survival_of(word_at(0.125)));
  const float claim = quantile(made_up::tables().at(0), survival_of(word_at(0.25)));
  EXPECT_EQ(simulate_year(group.view(), 0, draw).ground_up,
            to_cents(static_cast<double>(claim) * (100.0 * static_cast<double>(f))));
}

TEST(GroupYear, RefinesTheTailOfAnEffectByTheSecondWord) {
  Group group = one_member();
  made_up::add_group_effect(group);
  InjectedWords draw;
  draw.set(Purpose::claim, 0, 0, group.key, word_at(0.25));
  draw.set(Purpose::group_effect, 0, 0, group.key, 1);
  draw.set(Purpose::group_effect, 0, 1, group.key, 2);
  const YearEffect effect = year_effect(group.view(), 0, draw);
  EXPECT_EQ(effect.severity,
            quantile(made_up::tables().at(made_up::Tables::severity), refined_survival(1, 2)));
}

TEST(GroupYear, LeavesTheBandBelowALaserApart) {
  Group group = one_member({10'000'00, 50'000'00});
  made_up::give_own_terms(group, 0, 3, unlimited);
  InjectedWords draw;
  draw.set(Purpose::claim, 0, 0, group.key, word_at(0x1p-12));
  const Cents claim = cents_of(quantile(made_up::tables().at(0), survival_of(word_at(0x1p-12))));
  ASSERT_GT(claim, 150'000'00);
  const StopLossSums sums = simulate_year(group.view(), 0, draw);
  EXPECT_EQ(sums.ground_up, claim);
  EXPECT_EQ(sums.excess[0], claim - 10'000'00);
  EXPECT_EQ(sums.band[0], 20'000'00);
  EXPECT_EQ(sums.excess[1], claim - 50'000'00);
  EXPECT_EQ(sums.band[1], 100'000'00);
}

TEST(GroupYear, CapsAPersonAtTheirOwnMaximum) {
  Group group = one_member({10'000'00});
  made_up::give_own_terms(group, 0, 1, 25'000'00);
  InjectedWords draw;
  draw.set(Purpose::claim, 0, 0, group.key, word_at(0x1p-12));
  EXPECT_EQ(simulate_year(group.view(), 0, draw).ground_up, 25'000'00);
  EXPECT_EQ(simulate_year(group.view(), 0, draw).excess[0], 15'000'00);
}

TEST(GroupYear, GivesAMemberTheSameClaimWhoeverElseIsInTheGroup) {
  const Group all = made_up::plain_group(40, 1, 0);
  Group without = all;
  for (std::size_t i = 0; i < 40; ++i) {
    if (i != 17) without.members[i].scale = 0;
  }
  Group cut = without;
  cut.members.resize(18);
  const Philox draw{round_keys(1)};
  for (std::uint32_t year = 0; year < 100; ++year) {
    EXPECT_EQ(simulate_year(without.view(), year, draw).ground_up,
              simulate_year(cut.view(), year, draw).ground_up);
  }
}

}  // namespace
}  // namespace corridor
