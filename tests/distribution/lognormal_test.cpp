// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/distribution/laws.hpp"

namespace corridor {
namespace {

// Closed form, mean 7,000 and CV 4: mu 7.437058756, sigma 1.683215181; worked out with scipy.stats.
struct Row {
  double d, survival, limited, excess;
};
constexpr Row closed_form[] = {
    {50e3, .02223267106, 5507.372243, 1492.627757},
    {100e3, .007728791319, 6161.635188, 838.364812},
    {250e3, .001509256723, 6678.639429, 321.360571},
    {500e3, .0003655459719, 6867.130763, 132.869237},
    {1e6, .00007549203565, 6952.346738, 47.653262},
};

TEST(Lognormal, SurvivalLimitedValueAndExcessAreTheClosedForms) {
  const auto by_moments = law_from(law_of("lognormal", {{"mean_usd", {7000}}, {"cv", {4}}}));
  const auto by_log =
      law_from(law_of("lognormal", {{"mu", {7.437058756}}, {"sigma", {1.683215181}}}));
  for (const ClaimLaw* law : {by_moments.get(), by_log.get()}) {
    EXPECT_NEAR(law->mean(), 7000, 1e-5);
    for (const Row& row : closed_form) {
      EXPECT_LT(relative_error(law->survival(row.d), row.survival), 2e-8) << row.d;
      EXPECT_NEAR(law->limited_expected_value(row.d), row.limited, 1e-5) << row.d;
      EXPECT_NEAR(law->excess(row.d), row.excess, 1e-5) << row.d;
    }
  }
}

TEST(Lognormal, QuantileAndTailMeanAreTheClosedForms) {
  const auto law = law_from(law_of("lognormal", {{"mean_usd", {7000}}, {"cv", {4}}}));
  // Level, value at risk, tail value at risk of the same law.
  const double figures[][3] = {{.95, 27057.0087, 72142.0410},
                               {.99, 85203.9278, 182048.3007},
                               {.995, 129668.1460, 260444.6974}};
  for (const auto& [level, value, tail_value] : figures) {
    EXPECT_NEAR(law->quantile(1 - level), value, 1e-4);
    EXPECT_NEAR(law->quantile_integral(0, 1 - level) / (1 - level), tail_value, 1e-4);
  }
}

TEST(Lognormal, ParametersDescribeClaimsAboveZero) {
  const auto all = law_from(law_of("lognormal", {{"mean_usd", {7000}}, {"cv", {4}}}));
  const auto some =
      law_from(law_of("lognormal", {{"mean_usd", {7000}}, {"cv", {4}}, {"p_zero", {.25}}}));
  EXPECT_DOUBLE_EQ(some->mean(), .75 * 7000);
  EXPECT_DOUBLE_EQ(some->survival(0), .75);
  EXPECT_EQ(some->quantile(.75), 0);
  EXPECT_EQ(some->quantile(.9), 0);
  EXPECT_DOUBLE_EQ(some->survival(1e5), .75 * all->survival(1e5));
  EXPECT_DOUBLE_EQ(some->quantile(.75 * .01), all->quantile(.01));
  EXPECT_DOUBLE_EQ(some->excess(1e5), .75 * all->excess(1e5));
}

}  // namespace
}  // namespace corridor
