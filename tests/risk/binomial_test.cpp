// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/risk/binomial.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>

namespace corridor {
namespace {

using Binomial = boost::math::binomial_distribution<double>;

/// Of every number of years above, by plain summation.
double between(std::uint64_t years, double outside, std::uint64_t low, std::uint64_t high) {
  double sum = 0;
  for (std::uint64_t above = low; above <= high; ++above) {
    sum += pdf(Binomial(static_cast<double>(years), outside), static_cast<double>(above));
  }
  return sum;
}

TEST(QuantileRanks, AreThoseOfTheBinomialTableForAHundredYears) {
  // 5 to 16 years of 100 lie above a P90 with probability 0.9794 - 0.0237.
  const RankRange ranks = quantile_ranks(100, 0.1);
  EXPECT_EQ(ranks.low, 84u);
  EXPECT_EQ(ranks.high, 96u);
  EXPECT_NEAR(ranks.coverage, 0.9557, 1e-4);
}

TEST(QuantileRanks, HoldAtLeast95AndNoneLessWouldDo) {
  for (const std::uint64_t years : {60u, 150u, 400u, 1'000u, 4'321u}) {
    for (const double outside : {0.5, 0.1, 0.05}) {
      const RankRange ranks = quantile_ranks(years, outside);
      if (!ranks.exists()) continue;
      SCOPED_TRACE(std::to_string(years) + " years, " + std::to_string(outside));
      const std::uint64_t low = years - ranks.high + 1, high = years - ranks.low;
      const double held = between(years, outside, low, high);
      EXPECT_NEAR(ranks.coverage, held, 1e-12);
      EXPECT_GE(held, 0.95);
      EXPECT_LT(between(years, outside, low, high - 1), 0.95);
      EXPECT_LT(between(years, outside, low + 1, high), 0.95);
    }
  }
}

TEST(QuantileRanks, DoNotExistWhereTheyLeaveTheSample) {
  EXPECT_FALSE(quantile_ranks(100, 0.01).exists());
  EXPECT_FALSE(quantile_ranks(300, 0.01).exists());
  EXPECT_TRUE(quantile_ranks(1'000, 0.01).exists());
  EXPECT_FALSE(quantile_ranks(100, 0.99).exists());
}

TEST(ShareOfYears, IsWilsonsInterval) {
  // By hand: z = 1.959964, (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n).
  const Share share = share_of_years(30, 100);
  EXPECT_DOUBLE_EQ(share.probability, 0.3);
  EXPECT_DOUBLE_EQ(share.se, std::sqrt(0.3 * 0.7 / 100));
  EXPECT_NEAR(share.low, 0.218949, 1e-6);
  EXPECT_NEAR(share.high, 0.395849, 1e-6);
}

TEST(ShareOfYears, ClaimsNothingForFewHitsOnEitherSide) {
  EXPECT_TRUE(std::isnan(share_of_years(0, 1'000).low));
  EXPECT_EQ(share_of_years(0, 1'000).probability, 0);
  EXPECT_TRUE(std::isnan(share_of_years(19, 1'000).high));
  EXPECT_TRUE(std::isnan(share_of_years(981, 1'000).high));
  EXPECT_FALSE(std::isnan(share_of_years(20, 1'000).high));
}

/// Exact probabilities that a run claims an interval, and that it claims and misses.
struct Exact {
  double claims = 0, misses = 0;
};

Exact exact_share(std::uint64_t years, double probability) {
  Exact exact;
  const Binomial law(static_cast<double>(years), probability);
  for (std::uint64_t hits = 0; hits <= years; ++hits) {
    const Share share = share_of_years(hits, years);
    if (std::isnan(share.low)) continue;
    const double weight = pdf(law, static_cast<double>(hits));
    exact.claims += weight;
    if (probability < share.low || probability > share.high) exact.misses += weight;
  }
  return exact;
}

TEST(ShareOfYears, HoldsIn94To96OfAHundredRunsWhereClaimed) {
  constexpr std::uint64_t years = 5'000;
  for (double expected = 3; expected < 2'500; expected *= 1.07) {
    SCOPED_TRACE(std::to_string(expected) + " hits expected");
    const Exact exact = exact_share(years, expected / static_cast<double>(years));
    EXPECT_LT(exact.misses, 0.06);
    if (exact.claims < 0.999) continue;
    EXPECT_GT(exact.misses, 0.04);
  }
}

}  // namespace
}  // namespace corridor
