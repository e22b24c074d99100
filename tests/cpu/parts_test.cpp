// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "kernels/cpu/fused_in_double.hpp"
#include "kernels/cpu/row_partial.hpp"
#include "kernels/cpu/sort_payouts.hpp"
#include "kernels/cpu/table_head.hpp"
#include "kernels/cpu/tails.hpp"
#include "tests/lane/made_up.hpp"

namespace corridor::cpu {
namespace {

TEST(SortPayouts, SortsFewAndManyOfEveryMagnitude) {
  std::mt19937_64 rng(1);
  for (const std::size_t count : {0u, 1u, 511u, 512u, 5'000u, 40'000u}) {
    std::vector<Cents> payouts(count);
    for (Cents& payout : payouts) payout = static_cast<Cents>(rng() >> (1 + rng() % 63));
    std::vector<Cents> expected = payouts;
    std::sort(expected.begin(), expected.end());
    sort_payouts(payouts);
    EXPECT_EQ(payouts, expected) << count;
  }
}

TEST(SortPayouts, TakesEqualPayoutsAndZeros) {
  std::vector<Cents> payouts(1'000, 7);
  std::fill_n(payouts.begin() + 500, 250, 0);
  sort_payouts(payouts);
  EXPECT_EQ(std::count(payouts.begin(), payouts.begin() + 250, 0), 250);
  EXPECT_EQ(std::count(payouts.begin() + 250, payouts.end(), 7), 750);
}

/// Floats whose product and sum fall in doubt much more often than random ones.
float any_float(std::mt19937& rng, int bits) {
  const auto whole = static_cast<float>(static_cast<std::int32_t>(rng()) >> (31 - bits));
  return std::ldexp(whole, static_cast<int>(rng() % 40) - 20);
}

TEST(FusedInDouble, IsTheFusedMultiplyAddUnlessItSaysOtherwise) {
  std::mt19937 rng(2);
  int doubted = 0;
  for (int i = 0; i < 2'000'000; ++i) {
    const int bits = 2 + static_cast<int>(rng() % 23);
    const float a = any_float(rng, bits), b = any_float(rng, bits), c = any_float(rng, bits);
    const FusedInDouble sum(a, b, c);
    doubted += sum.in_doubt();
    ASSERT_TRUE(sum.in_doubt() || bits_of(sum.value()) == bits_of(std::fmaf(a, b, c)))
        << a << " * " << b << " + " << c;
  }
  EXPECT_GT(doubted, 1'000);
  EXPECT_LT(doubted, 400'000);
}

TEST(FusedInDouble, DoubtsASumThatRoundsTwice) {
  // The product is 2^-24 - 2^-70, so the sum lies just below the middle of two floats: in double it
  // is the middle, which then rounds up to the even one.
  const float a = 0x1p-24f * (1 + 0x1p-23f), b = 1 - 0x1p-23f, c = 1 + 0x1p-23f;
  const FusedInDouble sum(a, b, c);
  EXPECT_EQ(std::fmaf(a, b, c), c);
  EXPECT_NE(sum.value(), c);
  EXPECT_TRUE(sum.in_doubt());
}

TEST(FusedInDouble, DoubtsSubnormalSumsButNotZero) {
  EXPECT_TRUE(FusedInDouble(0x1p-80f, 0x1p-60f, 0.0f).in_doubt());
  EXPECT_FALSE(FusedInDouble(0.0f, 1.0f, 0.0f).in_doubt());
  EXPECT_FALSE(FusedInDouble(1.0f, 0x1p-126f, 0.0f).in_doubt());
}

TEST(TableHead, HoldsTheBucketsFromTwoToTheMinus8Up) {
  TableHead head;
  const Bucket* table = made_up::tables().at(1);
  ASSERT_TRUE(make_head(table, head));
  for (float survival = 0x1p-8f; survival < 1; survival *= 1.01f) {
    const std::uint32_t at = (bits_of(survival) >> bucket_shift) % head_buckets;
    EXPECT_EQ(fused(head.slope[at], survival * 0x1p32f, head.intercept[at]),
              quantile(table, survival));
  }
}

TEST(TableHead, RefusesASlopeThatLosesBits) {
  TableHead head;
  std::vector<Bucket> table(bucket_count, Bucket{0, -0x1.000002p-96f});
  EXPECT_FALSE(make_head(table.data(), head));
  for (Bucket& bucket : table) bucket.intercept = 1;
  EXPECT_TRUE(make_head(table.data(), head));
}

TEST(TailQuestion, IsAnsweredByTheKeptPayoutsOrByZeros) {
  const TailQuestion question{1'000, {990, 999}, false};
  EXPECT_EQ(question.exceeding(), 11u);
  EXPECT_TRUE(answers(question, 500, 11));
  EXPECT_FALSE(answers(question, 500, 10));
  EXPECT_TRUE(answers(question, 10, 10)) << "rank 990 is a year without payout";
  EXPECT_FALSE(answers(question, 10, 1)) << "rank 999 is a payout that was not kept";
  EXPECT_TRUE(answers(question, 0, 0));
}

TEST(TailQuestion, IsGuessedBelowTheTailAlmostAlways) {
  std::mt19937_64 rng(8);
  const TailQuestion question{100'000, {99'000}, false};
  int too_high = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Cents> sample(4'096);
    for (Cents& payout : sample) payout = static_cast<Cents>(rng() % 1'000'000);
    too_high += guess_keep_above(sample, sample.size(), question, 4) > 990'000;
  }
  EXPECT_LE(too_high, 2);
}

TEST(NeutralTerms, AreThoseOfABookWithoutTheColumns) {
  GroupJob job;
  GridRow row;
  row.terms.deductible = 5'000'000;
  row.terms.AggregateCover::share = 0.9;
  EXPECT_TRUE(has_neutral_terms(job, row));
  GridRow retained = row, limited = row, shared = row, counting = row;
  retained.terms.retention = 1;
  limited.limit_threshold = 2;
  shared.terms.SpecificReimbursement::share = 0.99;
  counting.terms.also = AggregateCounts::laser_band;
  for (const GridRow& other : {retained, limited, shared, counting}) {
    EXPECT_FALSE(has_neutral_terms(job, other));
  }
  GroupJob families, two_views;
  families.group.personal_count = 1;
  families.group.family_deductible = 10'000'000;
  two_views.counted = &job.group;
  EXPECT_FALSE(has_neutral_terms(families, row));
  EXPECT_FALSE(has_neutral_terms(two_views, row));
}

}  // namespace
}  // namespace corridor::cpu
