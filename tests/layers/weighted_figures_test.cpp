// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/weighted_figures.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace corridor {
namespace {

std::vector<Level> levels(const std::vector<std::string>& texts) {
  std::vector<Level> result;
  for (const std::string& text : texts) result.push_back(parse_level(text));
  return result;
}

TEST(WeightedFigures, OfWeightsOfOneAreThoseOfPlainYears) {
  const WeightedYears years{std::vector<double>(10, 1.0), {7, 0, 3, 9, 0, 0, 1, 0, 5, 0}};
  const WeightedFigures figures = weighted_figures(years, levels({"0.4", "0.85", "0.9"}));
  EXPECT_DOUBLE_EQ(figures.mean_usd, 2.5);
  EXPECT_NEAR(figures.sd_usd, std::sqrt(16.5 - 6.25), 1e-12);
  EXPECT_NEAR(figures.se_usd, std::sqrt((16.5 - 6.25) / 9), 1e-12);
  EXPECT_DOUBLE_EQ(figures.probability, 0.5);
  EXPECT_EQ(figures.hits, 5u);
  EXPECT_DOUBLE_EQ(figures.effective_years, 5);
  EXPECT_DOUBLE_EQ(figures.largest_weight, 1);
  EXPECT_DOUBLE_EQ(figures.tails[0].var_usd, 0);  // half of the years have no loss
  EXPECT_NEAR(figures.tails[0].tvar_usd, 2.5 / 0.6, 1e-12);
  EXPECT_DOUBLE_EQ(figures.tails[1].var_usd, 7);  // rank 9 of 10
  EXPECT_NEAR(figures.tails[1].tvar_usd, 7 + 0.2 / 0.15, 1e-12);
}

TEST(WeightedFigures, OfUnequalWeightsFollowByHand) {
  const WeightedYears years{{0.5, 0.25, 0.125, 0}, {10, 40, 80, 0}};
  const WeightedFigures figures = weighted_figures(years, levels({"0.9"}));
  EXPECT_DOUBLE_EQ(figures.mean_usd, (5 + 10 + 10) / 4.0);
  EXPECT_DOUBLE_EQ(figures.probability, 0.875 / 4);
  EXPECT_NEAR(figures.sd_usd, std::sqrt((50 + 400 + 800) / 4.0 - 6.25 * 6.25), 1e-12);
  EXPECT_NEAR(figures.effective_years, 0.875 * 0.875 / (0.25 + 0.0625 + 0.015625), 1e-12);
  EXPECT_DOUBLE_EQ(figures.largest_weight, 0.5);
  // Above 40: 0.125 / 4 = 3.1%; above 10: 0.375 / 4 = 9.4%; above 0: 21.9%.
  EXPECT_DOUBLE_EQ(figures.tails[0].var_usd, 10);
  EXPECT_NEAR(figures.tails[0].tvar_usd, 10 + (0.25 * 30 + 0.125 * 70) / 4 / 0.1, 1e-12);
  const double se = figures.se_usd, variance = (25 + 100 + 100) / 4.0 - 6.25 * 6.25;
  EXPECT_NEAR(se, std::sqrt(variance / 3), 1e-12);
  EXPECT_NEAR(figures.variance_ratio(),
              figures.sd_usd * figures.sd_usd / 4 / (variance / 3), 1e-12);
}

TEST(WeightedFigures, WithoutALossAreNothing) {
  const WeightedYears years{std::vector<double>(5), std::vector<double>(5)};
  const WeightedFigures figures = weighted_figures(years, levels({"0.9"}));
  EXPECT_EQ(figures.mean_usd, 0);
  EXPECT_EQ(figures.sd_usd, 0);
  EXPECT_EQ(figures.effective_years, 0);
  EXPECT_EQ(figures.tails[0].tvar_usd, 0);
  EXPECT_TRUE(std::isnan(figures.variance_ratio()));
}

}  // namespace
}  // namespace corridor
