// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/risk/risk.hpp"
#include "host/skewed_interval.hpp"
#include "tests/risk/laws.hpp"
#include "tests/risk/top_years.hpp"

namespace corridor {
namespace {

using risk_cases::Draws;
using risk_cases::Law;

/// `from` to `to` dollars, a dollar apart.
std::vector<Cents> dollars(int from, int to) {
  std::vector<Cents> cents;
  for (int usd = from; usd <= to; ++usd) cents.push_back(100 * usd);
  return cents;
}

TEST(Ascending, SortsEveryYear) {
  Draws draws(7);
  std::vector<Cents> amounts(30'000);
  for (Cents& amount : amounts) amount = std::llround(1e6 * draws.uniform()) - 1'000;
  const std::vector<Cents> sorted = ascending(amounts);
  std::sort(amounts.begin(), amounts.end());
  EXPECT_EQ(sorted, amounts);
}

TEST(RiskAt, IsTheOrderStatisticAndTheMeanOfWhatLiesAbove) {
  const RiskFigure figure = risk_at(dollars(1, 10), parse_level("0.8"));
  EXPECT_DOUBLE_EQ(figure.var_usd, 8);
  EXPECT_DOUBLE_EQ(figure.tvar_usd, 9.5);
  EXPECT_EQ(figure.tail_years, 2u);
}

TEST(RiskAt, TakesPartOfAYearWhereTheTailIsNoWholeNumber) {
  const RiskFigure figure = risk_at(dollars(1, 10), parse_level("0.85"));
  EXPECT_DOUBLE_EQ(figure.var_usd, 9);
  EXPECT_DOUBLE_EQ(figure.tvar_usd, 9 + 1 / 1.5);
}

TEST(RiskAt, CountsTiesAtValueAtRiskOnce) {
  std::vector<Cents> years(7, 0);
  years.insert(years.end(), 3, 500);
  EXPECT_DOUBLE_EQ(risk_at(years, parse_level("0.8")).tvar_usd, 5);
  years.back() = 900;
  const RiskFigure figure = risk_at(years, parse_level("0.8"));
  EXPECT_DOUBLE_EQ(figure.var_usd, 5);
  EXPECT_DOUBLE_EQ(figure.tvar_usd, 5 + 4 / 2.0);
}

TEST(RiskAt, IsZeroWithoutAnyLoss) {
  const RiskFigure figure = risk_at(std::vector<Cents>(3'000, 0), parse_level("0.9"));
  EXPECT_EQ(figure.var_usd, 0);
  EXPECT_EQ(figure.tvar_usd, 0);
  EXPECT_EQ(figure.tvar_se_usd, 0);
  EXPECT_TRUE(std::isnan(figure.tvar_95.low_usd));
}

TEST(RiskAt, TakesNegativeYears) {
  const RiskFigure figure = risk_at(dollars(-10, -1), parse_level("0.8"));
  EXPECT_DOUBLE_EQ(figure.var_usd, -3);
  EXPECT_DOUBLE_EQ(figure.tvar_usd, -1.5);
}

TEST(RiskAt, LosesNoCentOfLargeAmounts) {
  std::vector<Cents> years(1'000, 2'000'000'000'000'000);
  years.back() += 1;
  const RiskFigure figure = risk_at(years, parse_level("0.999"));
  EXPECT_EQ(figure.tvar_usd, 20'000'000'000'000.01);
}

TEST(RiskAt, TakesErrorsFromItsFormulas) {
  const RiskFigure figure = risk_at(dollars(1, 100), parse_level("0.9"));
  // Excesses over 90 are 1 to 10: sum 55, squares 385.
  const double sd = std::sqrt((385 - 55.0 * 55 / 100) / 99);
  EXPECT_DOUBLE_EQ(figure.tvar_se_usd, sd / (0.1 * 10));
  EXPECT_DOUBLE_EQ(figure.var_se_usd, 3);  // ranks 87 and 93
  EXPECT_DOUBLE_EQ(figure.var_95.low_usd, 84);
  EXPECT_DOUBLE_EQ(figure.var_95.high_usd, 96);
}

TEST(RiskAt, ClaimsNothingForFewYearsBeyond) {
  const RiskFigure nine = risk_at(dollars(1, 90), parse_level("0.9"));
  EXPECT_TRUE(std::isnan(nine.var_se_usd));
  EXPECT_TRUE(std::isnan(nine.var_95.low_usd));
  EXPECT_TRUE(std::isnan(nine.tvar_se_usd));
  EXPECT_TRUE(std::isnan(risk_at(dollars(1, 1'990), parse_level("0.9")).tvar_95.low_usd));
  EXPECT_FALSE(std::isnan(risk_at(dollars(1, 2'000), parse_level("0.9")).tvar_95.low_usd));
}

TEST(RiskAt, ClaimsNothingWhereTheTailMayHaveMissedALargeClaim) {
  // 200 excesses of 100.5 dollars in the mean: events of up to sqrt(200) of them.
  const double most = std::sqrt(200.0) * 100.5;
  const std::vector<Cents> years = dollars(1, 2'000);
  EXPECT_FALSE(std::isnan(risk_at(years, parse_level("0.9"), most - 1).tvar_95.low_usd));
  EXPECT_TRUE(std::isnan(risk_at(years, parse_level("0.9"), most + 1).tvar_95.low_usd));
}

TEST(RiskAt, TakesTheIntervalOfASkewedMeanOfExcesses) {
  // Half of 1000 years are 0, the others 1 to 500 dollars: excesses over a VaR of 0.
  std::vector<Cents> years(500, 0);
  for (const Cents amount : dollars(1, 500)) years.push_back(amount);
  YearMoments excess{125.25, 0, 0};
  double second = 0, third = 0;
  for (const Cents amount : years) {
    const double off = static_cast<double>(amount) / 100 - excess.mean;
    second += off * off;
    third += off * off * off;
  }
  excess.sd = std::sqrt(second / 999);
  excess.skewness = third / 1'000 / std::pow(excess.sd, 3);
  const Interval mean = mean_interval(excess, 1'000);
  const RiskFigure figure = risk_at(years, parse_level("0.5"));
  EXPECT_EQ(figure.var_usd, 0);
  EXPECT_NEAR(figure.tvar_95.low_usd, mean.low_usd / 0.5, 1e-9);
  EXPECT_NEAR(figure.tvar_95.high_usd, mean.high_usd / 0.5, 1e-9);
}

TEST(RiskAt, MeetsClosedFormsWithinItsErrors) {
  Draws draws(11);
  for (const Law& law : {risk_cases::uniform(), risk_cases::exponential(), risk_cases::lognormal(1),
                         risk_cases::pareto(3)}) {
    risk_cases::TopYears sample(100'000, 100'000);
    const std::span<const Cents> years = sample.draw(law, draws);
    for (const char* text : {"0.5", "0.9", "0.99", "0.995"}) {
      SCOPED_TRACE(law.name + " at " + text);
      const Level level = parse_level(text);
      const RiskFigure figure = risk_at(years, level);
      const double outside = 1 - level.value;
      EXPECT_LT(std::abs(figure.var_usd - law.var_usd(outside)), 4.5 * figure.var_se_usd);
      EXPECT_LT(std::abs(figure.tvar_usd - law.tvar_usd(outside)), 4.5 * figure.tvar_se_usd);
      EXPECT_LT(figure.tvar_95.low_usd, figure.tvar_usd);
      EXPECT_GT(figure.tvar_95.high_usd, figure.tvar_usd);
    }
  }
}

}  // namespace
}  // namespace corridor
