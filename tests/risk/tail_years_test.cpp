// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/risk/contribution_years.hpp"
#include "host/risk/risk.hpp"
#include "tests/risk/top_years.hpp"

namespace corridor {
namespace {

using risk_cases::Draws;
using testing::ElementsAre;

double weighted_mean_usd(const TailYears& tail, const std::vector<Cents>& amounts) {
  double sum = 0;
  for (std::size_t i = 0; i < tail.years.size(); ++i) {
    sum += tail.weights[i] * static_cast<double>(amounts[tail.years[i]]) / 100;
  }
  return sum;
}

double sum_of(const std::vector<double>& weights) {
  return std::accumulate(weights.begin(), weights.end(), 0.0);
}

/// 1 to 1000 dollars in an order of no meaning: year i holds (i * 387) mod 1000 + 1.
std::vector<Cents> shuffled() {
  std::vector<Cents> amounts;
  for (Cents i = 0; i < 1'000; ++i) amounts.push_back(100 * ((i * 387) % 1'000 + 1));
  return amounts;
}

TEST(TailYears, WeighYearsAboveAlikeAndLetTiesShareTheRest) {
  const std::vector<Cents> amounts{300, 100, 500, 300, 700, 300, 100, 100, 100, 100};
  const TailYears tail = tail_years(amounts, parse_level("0.6"));  // VaR 3, four years' worth
  EXPECT_THAT(tail.years, ElementsAre(0, 2, 3, 4, 5));
  EXPECT_THAT(tail.weights, ElementsAre(0.5 / 3, 0.25, 0.5 / 3, 0.25, 0.5 / 3));
}

TEST(TailYears, TakeTheFirstTiesWhereMoreTieThanTheTailHasYears) {
  const TailYears tail = tail_years(std::vector<Cents>(100, 0), parse_level("0.95"));
  EXPECT_THAT(tail.years, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_DOUBLE_EQ(sum_of(tail.weights), 1);
}

TEST(TailYears, MakeTheTailValueAtRisk) {
  Draws draws(3);
  for (const char* text : {"0.5", "0.9", "0.987", "0.995", "0.9999"}) {
    for (const double step : {1.0, 1e6, 3e7}) {  // coarse steps make ties, the coarsest many
      std::vector<Cents> amounts(2'011);
      for (Cents& amount : amounts) {
        amount = std::llround(step * std::floor(1e7 * draws.exponential() / step));
      }
      SCOPED_TRACE(std::string(text) + ", steps of " + std::to_string(step));
      const TailYears tail = tail_years(amounts, parse_level(text));
      const double tvar_usd = risk_at(ascending(amounts), parse_level(text)).tvar_usd;
      EXPECT_NEAR(weighted_mean_usd(tail, amounts), tvar_usd, 1e-12 * tvar_usd);
      EXPECT_NEAR(sum_of(tail.weights), 1, 1e-12);
      EXPECT_TRUE(std::is_sorted(tail.years.begin(), tail.years.end()));
      EXPECT_DOUBLE_EQ(contribution_years(amounts, parse_level(text)).tvar_usd, tvar_usd);
    }
  }
}

TEST(ContributionYears, AddTheYearsNearestValueAtRiskOnEitherSide) {
  const std::vector<Cents> amounts = shuffled();
  const ContributionYears years = contribution_years(amounts, parse_level("0.9"));
  EXPECT_EQ(years.above, 100u);
  EXPECT_EQ(years.ties, 1u);
  EXPECT_EQ(years.near, 21u);  // a tenth of the tail on either side and the year itself
  EXPECT_EQ(years.years.size(), 111u);
  for (std::size_t i = 0; i < years.years.size(); ++i) {
    const Cents amount = amounts[years.years[i]] / 100;
    EXPECT_EQ(years.roles[i].above, amount > 900);
    EXPECT_EQ(years.roles[i].tie, amount == 900);
    EXPECT_EQ(years.roles[i].near, amount >= 890 && amount <= 910);
    EXPECT_EQ(years.index_of(years.years[i]), i);
  }
}

TEST(ContributionYears, TakeTiesAloneForNearWhereThereAreMany) {
  std::vector<Cents> amounts = shuffled();
  for (Cents& amount : amounts) amount = std::min<Cents>(amount / 10'000, 8);  // ten a step
  const ContributionYears years = contribution_years(amounts, parse_level("0.7"));
  EXPECT_EQ(years.near, years.ties);
  for (const TailRole& role : years.roles) EXPECT_EQ(role.near, role.tie);
}

TEST(ContributionYears, CountYearsAtTheBoundOnce) {
  std::vector<Cents> amounts(100);
  for (std::size_t i = 0; i < 100; ++i) amounts[i] = static_cast<Cents>(i / 4);  // four tie each
  const ContributionYears years = contribution_years(amounts, parse_level("0.9"));
  EXPECT_EQ(years.above, 8u);
  EXPECT_EQ(years.ties, 4u);
  EXPECT_EQ(years.near, 4u + 2 * 5);
}

}  // namespace
}  // namespace corridor
