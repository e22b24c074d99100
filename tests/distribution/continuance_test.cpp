// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/distribution/laws.hpp"
#include "tests/distribution/published_laws.hpp"

namespace corridor {
namespace {

class Cms2026 : public testing::TestWithParam<std::size_t> {};

INSTANTIATE_TEST_SUITE_P(Tiers, Cms2026, testing::Range<std::size_t>(0, 4),
                         [](const auto& row) { return cms_2026::tiers[row.param]; });

TEST_P(Cms2026, LimitedValuesAreThoseOfSharesAndMeans) {
  const auto law = law_from(cms_2026_law(GetParam()));
  double people = 0, spent = 0, total = 0;
  for (const cms_2026::Row& row : cms_2026::rows) total += row.tier[GetParam()].probability;
  for (const cms_2026::Row& row : cms_2026::rows) {
    const cms_2026::Cell& cell = row.tier[GetParam()];
    people += cell.probability;
    if (cell.probability > 0) spent += cell.probability * cell.mean_usd;
    const bool limited = !std::isinf(row.upper_usd);
    const double expected = (spent + (limited ? (total - people) * row.upper_usd : 0)) / total;
    EXPECT_NEAR(law->limited_expected_value(row.upper_usd), expected, 1e-9 * (1 + expected))
        << row.upper_usd;
    EXPECT_NEAR(law->survival(row.upper_usd), 1 - people / total, 1e-12) << row.upper_usd;
  }
}

TEST_P(Cms2026, PublishedLimitedValuesAreReproduced) {
  const auto law = law_from(cms_2026_law(GetParam()));
  for (const cms_2026::Row& row : cms_2026::rows) {
    // The published columns carry ten digits of each share: $0.0003 at the top.
    EXPECT_NEAR(law->limited_expected_value(row.upper_usd),
                row.tier[GetParam()].limited_expected_value_usd, 3e-4)
        << row.upper_usd;
  }
}

TEST(Continuance, BucketIsAMixOfTwoUniformsAboutItsMean) {
  const auto law = law_from(table_of(
      "continuance",
      {{"upper_usd", {0, 100, 500}}, {"probability", {.5, .3, .2}}, {"mean_usd", {0, 40, 200}}}));
  // 100 to 500 with mean 200: 300/400 of the .2 lie below the mean, the rest above.
  EXPECT_DOUBLE_EQ(law->survival(100), .2);
  EXPECT_DOUBLE_EQ(law->survival(200), .2 * .25);
  EXPECT_DOUBLE_EQ(law->survival(150), (.2 + .05) / 2);
  EXPECT_DOUBLE_EQ(law->survival(350), .025);
  EXPECT_EQ(law->survival(500), 0);
  EXPECT_DOUBLE_EQ(law->quantile(.025), 350);
  EXPECT_DOUBLE_EQ(law->mean(), .3 * 40 + .2 * 200);
  EXPECT_DOUBLE_EQ(law->quantile_integral(0, .2), .2 * 200);
  EXPECT_DOUBLE_EQ(law->quantile_integral(.2, .5), .3 * 40);
}

TEST(Continuance, MeanOnAnEndIsAPointMass) {
  const auto law = law_from(table_of(
      "continuance",
      {{"upper_usd", {0, 100, 500}}, {"probability", {.5, .3, .2}}, {"mean_usd", {0, 100, 100}}}));
  EXPECT_DOUBLE_EQ(law->survival(99.99), .5);
  EXPECT_EQ(law->survival(100), 0);
  EXPECT_EQ(law->quantile(.49), 100);
  EXPECT_EQ(law->quantile(0), 100);
  EXPECT_DOUBLE_EQ(law->mean(), 50);
}

TEST(Continuance, TailReplacesWhatLiesAboveItsStart) {
  const auto law = law_from(cms_2026_law(silver, sample_tail()));
  const auto raw = law_from(cms_2026_law(silver));
  EXPECT_DOUBLE_EQ(law->limited_expected_value(50e3), raw->limited_expected_value(50e3));
  EXPECT_DOUBLE_EQ(law->survival(50e3), raw->survival(50e3));
  EXPECT_DOUBLE_EQ(law->survival(100e3), law->survival(50e3) * std::pow(.5, 1.464));
  EXPECT_DOUBLE_EQ(law->survival(200e3), law->survival(100e3) * std::pow(.5, 1.87));
  EXPECT_DOUBLE_EQ(law->survival(500e3), law->survival(250e3) * std::pow(.5, 2.0));
  EXPECT_DOUBLE_EQ(law->survival(8e6), law->survival(1e6) * std::pow(.125, 2.2));
  EXPECT_DOUBLE_EQ(law->excess(8e6), law->survival(8e6) * 8e6 / 1.2);
}

TEST(Continuance, TailMayBeginInsideABucket) {
  const Numbers columns = {
      {"upper_usd", {0, 100, 500}}, {"probability", {.5, .3, .2}}, {"mean_usd", {0, 40, 200}}};
  const auto raw = law_from(table_of("continuance", columns));
  const auto law =
      law_from(table_of("continuance", columns, {{"tail_from_usd", {350}}, {"tail_alpha", {2}}}));
  EXPECT_DOUBLE_EQ(law->survival(300), raw->survival(300));
  EXPECT_DOUBLE_EQ(law->survival(350), .025);
  EXPECT_DOUBLE_EQ(law->survival(700), .025 / 4);
  EXPECT_DOUBLE_EQ(law->mean(), raw->limited_expected_value(350) + .025 * 350);
}

// One consistent law in 2026 dollars: CMS 2026 silver to 50,000 and the sample books' tail. Figures
// worked out apart from this code; data/tables/published_checks.csv has the same.
struct SampleRow {
  double d, claimants, excess;
};
constexpr SampleRow sample_rows[] = {
    {100e3, 12000, 1273.6}, {150e3, 5622, 863.6}, {200e3, 3283, 649.0},
    {250e3, 2163, 515.8},   {300e3, 1502, 425.7}, {500e3, 541, 245.5},
    {1e6, 135, 110.3},      {2e6, 29, 46.7},      {5e6, 4, 14.0}};

TEST(SampleLaw, HasTheStatedMeanTailAndShares) {
  const auto law = law_from(cms_2026_law(silver, sample_tail()));
  const double cap = 25e6, mean = law->limited_expected_value(cap);
  EXPECT_NEAR(mean, 7876, .51);
  EXPECT_NEAR(law->limited_expected_value(100e3), 6602.5, .1);
  for (const SampleRow& row : sample_rows) {
    EXPECT_NEAR(law->survival(row.d) * 1e6, row.claimants, .51 + 1e-3 * row.claimants) << row.d;
    EXPECT_NEAR(law->excess(row.d) - law->excess(cap), row.excess, .06 + 2e-4 * row.excess)
        << row.d;
  }
  EXPECT_NEAR(law->quantile(.01), 110e3, 500);
  const double top = law->quantile_integral(0, .01) - law->excess(cap);
  EXPECT_NEAR(top / mean, .287, .0006);
}

}  // namespace
}  // namespace corridor
