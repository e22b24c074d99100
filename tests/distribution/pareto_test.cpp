// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/distribution/laws.hpp"

namespace corridor {
namespace {

// Top one percent of enrollees above 96,000 with mean 206,000: alpha = 1 / (1 - 96/206). Source:
// EBRI 2022, as data/tables/published_checks.csv has it.
constexpr double alpha = 206.0 / 96 / (206.0 / 96 - 1);

std::unique_ptr<ClaimLaw> top_percent() {
  return law_from(
      law_of("pareto", {{"alpha", {alpha}}, {"threshold_usd", {96e3}}, {"p_zero", {.99}}}));
}

TEST(Pareto, LayersAreTheClosedForm) {
  const auto law = top_percent();
  // Width, attachment, dollars a person a year: S(a) a / (alpha - 1) (1 - (a / (a + w))^(alpha -
  // 1)).
  const double layers[][3] = {{900e3, 100e3, 919.204641},
                              {750e3, 250e3, 334.823434},
                              {500e3, 500e3, 118.265313},
                              {1e6, 1e6, 64.586284},
                              {4e6, 1e6, 107.367378}};
  for (const auto& [width, attachment, expected] : layers) {
    const double layer = law->excess(attachment) - law->excess(attachment + width);
    // The published figures carry alpha to six decimals.
    EXPECT_LT(relative_error(layer, expected), 2e-6) << width << " xs " << attachment;
  }
}

TEST(Pareto, ExcessAboveTheThresholdIsProportionalToAPower) {
  const auto law = top_percent();
  // d, claimants a million, dollars a person a year; printed to that many digits.
  const double rows[][3] = {{100e3, 9264, 1061.50}, {150e3, 4335, 745.14}, {250e3, 1666, 477.12},
                            {500e3, 455, 260.56},   {1e6, 124, 142.30},    {2e6, 34, 77.71}};
  for (const auto& [d, claimants, excess] : rows) {
    EXPECT_NEAR(law->survival(d) * 1e6, claimants, .51) << d;
    EXPECT_NEAR(law->excess(d), excess, .006) << d;
  }
}

TEST(Pareto, TrendLeversTheExcessAlikeAtEveryDeductible) {
  const auto law = top_percent();
  for (const double d : {150e3, 250e3, 500e3, 1e6, 5e6}) {
    const double trended = 1.08 * law->excess(d / 1.08);
    EXPECT_NEAR(trended / law->excess(d) - 1, .155031, 1e-6) << d;
  }
}

TEST(Pareto, NobodyHasClaimsBelowTheThreshold) {
  const auto law = top_percent();
  EXPECT_NEAR(law->survival(0), .01, 1e-15);
  EXPECT_NEAR(law->survival(95999), .01, 1e-15);
  EXPECT_NEAR(law->quantile(.009999), 96e3, 10);
  EXPECT_EQ(law->quantile(.02), 0);
  EXPECT_NEAR(law->mean(), .01 * 206e3, 1e-9);
}

}  // namespace
}  // namespace corridor
