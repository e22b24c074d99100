// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/risk/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "host/risk/risk.hpp"

namespace corridor {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::IsNan;

const QuoteColumn& column(const ResultTable& table, const std::string& name) {
  for (const QuoteColumn& found : table.columns) {
    if (found.name == name) return found;
  }
  throw std::out_of_range(name);
}

std::vector<double> numbers(const ResultTable& table, const std::string& name) {
  return std::get<std::vector<double>>(column(table, name).values);
}

std::vector<std::string> texts(const ResultTable& table, const std::string& name) {
  return std::get<std::vector<std::string>>(column(table, name).values);
}

/// 0 to 999 dollars.
std::vector<Cents> thousand_years() {
  std::vector<Cents> cents;
  for (Cents usd = 0; usd < 1'000; ++usd) cents.push_back(100 * usd);
  return cents;
}

NamedYears named(const char* metric, std::span<const Cents> years) {
  NamedYears result;
  result.metric = metric;
  result.ascending = years;
  return result;
}

TEST(MetricTable, HasMeanErrorSpreadHitsAndExtremes) {
  const std::vector<Cents> years = thousand_years();
  NamedYears gross = named("gross", years);
  gross.exact_usd = 490;
  const std::vector<NamedYears> metrics{gross, named("net", years)};
  const ResultTable table = metric_table(metrics);
  const double sd = std::sqrt(1'000 * 1'001 / 12.0);
  EXPECT_EQ(table.rows, 2u);
  EXPECT_THAT(texts(table, "metric"), ElementsAre("gross", "net"));
  EXPECT_EQ(numbers(table, "mean_usd")[0], 499.5);
  EXPECT_NEAR(numbers(table, "sd_usd")[0], sd, 1e-9);
  EXPECT_NEAR(numbers(table, "se_usd")[0], sd / std::sqrt(1'000), 1e-9);
  EXPECT_NEAR(numbers(table, "z")[0], 9.5 / (sd / std::sqrt(1'000)), 1e-9);
  EXPECT_THAT(numbers(table, "z")[1], IsNan());
  EXPECT_EQ(std::get<std::vector<std::uint64_t>>(column(table, "hits").values)[0], 999u);
  EXPECT_EQ(numbers(table, "probability")[0], 0.999);
  EXPECT_EQ(numbers(table, "least_usd")[0], 0);
  EXPECT_EQ(numbers(table, "largest_usd")[0], 999);
}

TEST(MetricTable, TakesNegativeYearsAndYearsThatAreAllTheSame) {
  const std::vector<Cents> same(5, 1'234), negative{-300, -100, 100};
  const std::vector<NamedYears> metrics{named("same", same), named("negative", negative)};
  const ResultTable table = metric_table(metrics);
  EXPECT_THAT(numbers(table, "mean_usd"), ElementsAre(12.34, -1));
  EXPECT_THAT(numbers(table, "sd_usd"), ElementsAre(0, 2));
}

TEST(RiskTable, HasARowForEveryMetricAndLevel) {
  const std::vector<Cents> years = thousand_years();
  const std::vector<NamedYears> metrics{named("gross", years), named("net", years)};
  const std::vector<Level> levels{parse_level("0.9"), parse_level("0.99")};
  const ResultTable table = risk_table(metrics, levels);
  const RiskFigure figure = risk_at(years, levels[1]);
  EXPECT_THAT(texts(table, "metric"), ElementsAre("gross", "gross", "net", "net"));
  EXPECT_THAT(numbers(table, "level"), ElementsAre(0.9, 0.99, 0.9, 0.99));
  EXPECT_EQ(numbers(table, "var_usd")[1], 989);
  EXPECT_EQ(numbers(table, "var_se_usd")[1], figure.var_se_usd);
  EXPECT_EQ(numbers(table, "var_low_usd")[1], figure.var_95.low_usd);
  EXPECT_EQ(numbers(table, "var_high_usd")[1], figure.var_95.high_usd);
  EXPECT_EQ(numbers(table, "tvar_usd")[1], 994.5);
  EXPECT_EQ(numbers(table, "tvar_se_usd")[1], figure.tvar_se_usd);
  EXPECT_EQ(numbers(table, "economic_capital_usd")[1], 495);
  EXPECT_EQ(numbers(table, "economic_capital_var_usd")[1], 489.5);
}

TEST(ReturnPeriods, AreThoseWithTenYearsBeyond) {
  EXPECT_THAT(return_periods(250), ElementsAre(2, 5, 10, 20, 25));
  EXPECT_THAT(return_periods(249), ElementsAre(2, 5, 10, 20));
  EXPECT_EQ(return_periods(10'000).size(), 11u);
}

TEST(ExceedanceTable, GivesTheLossThatSoManyYearsExceed) {
  const std::vector<Cents> years = thousand_years();
  const std::vector<NamedYears> metrics{named("gross", years)};
  const std::vector<std::uint32_t> periods{10, 100, 300, 2'000};
  const ResultTable table = exceedance_table(metrics, periods);
  EXPECT_EQ(numbers(table, "return_period_years")[1], 100);
  EXPECT_EQ(numbers(table, "probability")[1], 0.01);
  // 100, 10 and 3 of the thousand lie above; a period longer than the run has no loss.
  EXPECT_THAT(numbers(table, "loss_usd"), ElementsAre(899, 989, 996, IsNan()));
  const RiskFigure figure = risk_at(years, parse_level("0.9"));
  EXPECT_EQ(numbers(table, "se_usd")[0], figure.var_se_usd);
  EXPECT_EQ(numbers(table, "low_usd")[0], figure.var_95.low_usd);
  EXPECT_EQ(numbers(table, "high_usd")[0], figure.var_95.high_usd);
  EXPECT_THAT(numbers(table, "se_usd")[2], IsNan());
  EXPECT_THAT(numbers(table, "probability_se")[0], IsNan());
}

TEST(ExceedanceTable, CountsTheYearsOfALargestClaim) {
  const std::vector<std::uint8_t> rungs{0, 1, 1, 2, 0, 1, 0, 0, 0, 0};
  const std::vector<double> amounts{1e6, 2e6, 5e6};
  const std::vector<ClaimCount> counts = claim_counts(rungs, amounts);
  ASSERT_EQ(counts.size(), 3u);
  EXPECT_EQ(counts[0].years_above, 4u);
  EXPECT_EQ(counts[1].years_above, 1u);
  EXPECT_EQ(counts[2].years_above, 0u);
  const ResultTable table = exceedance_table({}, {}, counts, rungs.size());
  EXPECT_THAT(texts(table, "metric"),
              ElementsAre("largest_claim", "largest_claim", "largest_claim"));
  EXPECT_THAT(numbers(table, "loss_usd"), ElementsAre(1e6, 2e6, 5e6));
  EXPECT_THAT(numbers(table, "probability"), ElementsAre(0.4, 0.1, 0));
  EXPECT_THAT(numbers(table, "return_period_years"), ElementsAre(2.5, 10, IsNan()));
  EXPECT_THAT(numbers(table, "probability_se")[0], DoubleEq(std::sqrt(0.4 * 0.6 / 10)));
  EXPECT_THAT(numbers(table, "se_usd")[0], IsNan());
}

TEST(LossRatioTable, DividesByThePremiumAndCountsYearsAboveIt) {
  const std::vector<Cents> years = thousand_years();
  std::vector<NamedYears> metrics{named("gross", years), named("ceded", years)};
  metrics[0].premium_usd = 800;
  const ResultTable table = loss_ratio_table(metrics);
  EXPECT_THAT(texts(table, "metric"), ElementsAre("gross"));
  EXPECT_EQ(numbers(table, "mean")[0], 499.5 / 800);
  EXPECT_EQ(numbers(table, "probability_above_1")[0], 0.199);  // 801 to 999
  EXPECT_EQ(numbers(table, "quantile_50")[0], 499 / 800.0);
  EXPECT_EQ(numbers(table, "quantile_99")[0], 989 / 800.0);
  EXPECT_THAT(numbers(table, "quantile_99_5")[0], IsNan());
  EXPECT_LT(numbers(table, "probability_above_1_low")[0], 0.199);
  EXPECT_GT(numbers(table, "probability_above_1_high")[0], 0.199);
}

}  // namespace
}  // namespace corridor
