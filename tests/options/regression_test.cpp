// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/regression.hpp"

#include <gtest/gtest.h>

#include <random>

namespace corridor {
namespace {

TEST(Regression, FindsTheSlopesOfALinearPayout) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  Regression regression(2, 2);
  for (int year = 0; year < 50; ++year) {
    const double a = 1e6 + 1e5 * normal(random), b = 3 + normal(random);
    regression.add(std::vector{a, b}, std::vector{7 + 0.25 * a - 4e4 * b, -a});
  }
  const auto slopes = regression.slopes();
  EXPECT_NEAR(slopes[0][0], 0.25, 1e-9);
  EXPECT_NEAR(slopes[0][1], -4e4, 1e-3);
  EXPECT_NEAR(slopes[1][0], -1, 1e-9);
  EXPECT_NEAR(slopes[1][1], 0, 1e-3);
}

TEST(Regression, LeavesOutControlsThatSayNothingNew) {
  std::mt19937_64 random(6);
  std::normal_distribution<double> normal;
  Regression regression(4, 1);
  for (int year = 0; year < 50; ++year) {
    const double a = normal(random), b = normal(random);
    regression.add(std::vector{a, 2 * a, 5.0, b}, std::vector{3 * a + b});
  }
  const std::vector<double> slopes = regression.slopes().front();
  EXPECT_NEAR(slopes[0], 3, 1e-9);
  EXPECT_EQ(slopes[1], 0);
  EXPECT_EQ(slopes[2], 0);
  EXPECT_NEAR(slopes[3], 1, 1e-9);
}

}  // namespace
}  // namespace corridor
