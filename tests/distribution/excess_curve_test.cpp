// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/distribution/laws.hpp"
#include "tests/distribution/published_laws.hpp"

namespace corridor {
namespace {

class Cms2015 : public testing::TestWithParam<std::size_t> {};

INSTANTIATE_TEST_SUITE_P(Curves, Cms2015, testing::Range<std::size_t>(0, 6), [](const auto& row) {
  std::string name = cms_2015::curves[row.param];
  for (char& c : name) c = c == ' ' ? '_' : c;
  return name;
});

/// Whether the published curve is concave about row i.
bool concave_at(std::size_t i, std::size_t curve) {
  const auto slope = [&](std::size_t j) {
    const auto &from = cms_2015::rows[j], &to = cms_2015::rows[j + 1];
    return (to.limited_expected_value_usd[curve] - from.limited_expected_value_usd[curve]) /
           (to.threshold_usd - from.threshold_usd);
  };
  return slope(i) <= slope(i - 1);
}

TEST_P(Cms2015, LimitedValuesAreReproducedWhereTheCurveIsConcave) {
  const auto law = law_from(cms_2015_law(GetParam()));
  for (std::size_t i = 0; i + 1 < std::size(cms_2015::rows); ++i) {
    const double published = cms_2015::rows[i].limited_expected_value_usd[GetParam()];
    const bool broken = i > 0 && i + 2 < std::size(cms_2015::rows) && !concave_at(i, GetParam());
    EXPECT_NEAR(law->limited_expected_value(cms_2015::rows[i].threshold_usd), published,
                broken ? .13 : 1e-9 * (1 + published))
        << cms_2015::rows[i].threshold_usd;
  }
  EXPECT_NEAR(law->mean(), std::end(cms_2015::rows)[-1].limited_expected_value_usd[GetParam()],
              1e-9 * law->mean());
}

TEST_P(Cms2015, SurvivalFallsThroughTheSlopesOfTheCurve) {
  const auto law = law_from(cms_2015_law(GetParam()));
  for (std::size_t i = 0; i + 2 < std::size(cms_2015::rows); ++i) {
    const double from = cms_2015::rows[i].threshold_usd, to = cms_2015::rows[i + 1].threshold_usd;
    const double slope =
        (law->limited_expected_value(to) - law->limited_expected_value(from)) / (to - from);
    EXPECT_GE(law->survival(from), slope * (1 - 1e-9)) << from;
    EXPECT_LE(law->survival(to), slope * (1 + 1e-9)) << from;
  }
}

TEST(Cms2015Bronze, ConcavityRepairIsAWarningThatSaysByHowMuch) {
  const DistributionSpec spec = cms_2015_law(0);
  const std::vector<Problem> problems = check_law(spec, {spec});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].severity, Problem::Severity::warning);
  EXPECT_EQ(problems[0].code, "W_CONCAVITY");
  EXPECT_EQ(problems[0].dataset, "/distributions/law/limited_expected_value_usd");
  ASSERT_TRUE(problems[0].row.has_value());
  EXPECT_EQ(cms_2015::rows[*problems[0].row].threshold_usd, 5000);
  EXPECT_NE(problems[0].message.find("0.0814905"), std::string::npos) << problems[0].message;
}

TEST(ExcessCurve, RepairIsTheNearestConcaveCurve) {
  // Slopes 0.9, 0.3995, 0.4005, 0.1: the middle two are pooled to 0.4.
  const auto law = law_from(table_of(
      "excess_curve", {{"threshold_usd", {0, 10e3, 20e3, 30e3, 40e3, HUGE_VAL}},
                       {"limited_expected_value_usd", {0, 9000, 12995, 17e3, 18e3, 19e3}}}));
  EXPECT_NEAR(law->limited_expected_value(10e3), 9000, 1e-9);
  EXPECT_NEAR(law->limited_expected_value(20e3), 13000, 1e-9);
  EXPECT_NEAR(law->limited_expected_value(30e3), 17000, 1e-9);
}

TEST(ExcessCurve, ExcessAboveTheLastThresholdIsAParetoTailOfItsMean) {
  const auto law = law_from(cms_2015_law(0));
  const double excess = 4976.705727 - 4974.989009;  // bronze combined above 2 million
  EXPECT_NEAR(law->excess(2e6), excess, 1e-9);
  // A Pareto excess falls as a power; its index is that of the last published interval.
  const double power = std::log(12.389546 / 1.716718) / std::log(2.0);
  EXPECT_NEAR(law->excess(4e6), excess * std::pow(.5, power), 1e-6);
  EXPECT_NEAR(law->survival(2e6), excess * power / 2e6, 1e-12);
}

TEST(ExcessCurve, CurveThatEndsAtItsMeanHasNoTail) {
  const auto law =
      law_from(table_of("excess_curve", {{"threshold_usd", {0, 100, 200, 300, HUGE_VAL}},
                                         {"limited_expected_value_usd", {0, 80, 120, 130, 130}}}));
  EXPECT_EQ(law->survival(300), 0);
  EXPECT_EQ(law->excess(300), 0);
  EXPECT_LE(law->quantile(0), 300);
  EXPECT_NEAR(law->mean(), 130, 1e-12);
}

}  // namespace
}  // namespace corridor
