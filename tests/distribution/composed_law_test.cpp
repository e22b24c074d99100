// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/distribution/laws.hpp"

namespace corridor {
namespace {

DistributionSpec body() {
  return named(law_of("lognormal", {{"mean_usd", {100e3}}, {"cv", {1.2}}, {"p_zero", {.05}}}),
               "body");
}
DistributionSpec tail() {
  return named(law_of("generalized_pareto",
                      {{"xi", {1 / 2.2}}, {"sigma_usd", {120e3}}, {"threshold_usd", {200e3}}}),
               "tail");
}

TEST(Spliced, IsTheBodyBelowAndTheTailAbove) {
  const auto law = law_from(spliced_of("body", "tail", 200e3, .15), {body(), tail()});
  const auto b = law_from(body()), t = law_from(tail());
  const double below = 1 - b->survival(200e3);
  for (const double x : {0.0, 1e3, 50e3, 199e3}) {
    EXPECT_NEAR(law->survival(x), 1 - .85 * (1 - b->survival(x)) / below, 1e-14) << x;
  }
  for (const double x : {200e3, 300e3, 1e6, 2e7}) {
    EXPECT_LT(relative_error(law->survival(x), .15 * t->survival(x)), 1e-12) << x;
    EXPECT_LT(relative_error(law->excess(x), .15 * t->excess(x)), 1e-12) << x;
  }
  EXPECT_NEAR(law->survival(0), 1 - .85 * .05 / below, 1e-14);
}

TEST(Spliced, MeanIsTheMixOfItsParts) {
  const auto law = law_from(spliced_of("body", "tail", 200e3, .15), {body(), tail()});
  const auto b = law_from(body()), t = law_from(tail());
  const double p = b->survival(200e3);
  const double mean_below = (b->limited_expected_value(200e3) - p * 200e3) / (1 - p);
  EXPECT_LT(relative_error(law->mean(), .85 * mean_below + .15 * t->mean()), 1e-12);
  EXPECT_LT(relative_error(law->quantile_integral(0, 1), law->mean()), 1e-12);
  EXPECT_LT(relative_error(law->limited_expected_value(1e6) + law->excess(1e6), law->mean()),
            1e-12);
}

TEST(Spliced, QuantileInvertsSurvivalInBothParts) {
  const auto law = law_from(spliced_of("body", "tail", 200e3, .15), {body(), tail()});
  for (double s = .94; s > 1e-12; s *= .8) {
    EXPECT_LT(relative_error(law->survival(law->quantile(s)), s), 1e-9) << s;
  }
  EXPECT_EQ(law->quantile(.99), 0);
}

TEST(Spliced, PartsMayBeSpliced) {
  const DistributionSpec inner = named(spliced_of("body", "tail", 200e3, .15), "inner");
  const DistributionSpec far =
      named(law_of("pareto", {{"alpha", {2.5}}, {"threshold_usd", {1e6}}}), "far");
  const auto law = law_from(spliced_of("inner", "far", 2e6, .001), {body(), tail(), inner, far});
  EXPECT_NEAR(law->survival(2e6), .001, 1e-15);
  EXPECT_NEAR(law->survival(4e6), .001 * std::pow(.5, 2.5), 1e-15);
  EXPECT_NEAR(law->survival(2e6 * (1 - 1e-12)), .001, 1e-9);
}

TEST(Empirical, AmountsAreDrawnInProportionToTheirWeights) {
  const auto law = law_from(
      table_of("empirical", {{"amount_usd", {5000, 0, 200, 5000}}, {"weight", {1, 6, 2, 1}}}));
  EXPECT_DOUBLE_EQ(law->survival(0), .4);
  EXPECT_DOUBLE_EQ(law->survival(199), .4);
  EXPECT_DOUBLE_EQ(law->survival(200), .2);
  EXPECT_EQ(law->survival(5000), 0);
  EXPECT_EQ(law->quantile(.5), 0);
  EXPECT_EQ(law->quantile(.3), 200);
  EXPECT_EQ(law->quantile(.1), 5000);
  EXPECT_DOUBLE_EQ(law->mean(), .2 * 200 + .2 * 5000);
  EXPECT_DOUBLE_EQ(law->excess(1000), .2 * 4000);
  EXPECT_DOUBLE_EQ(law->quantile_integral(.1, .3), .1 * 5000 + .1 * 200);
}

}  // namespace
}  // namespace corridor
