// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/coverage/cells.hpp"

namespace corridor::coverage {
namespace {

constexpr std::uint32_t replications = 1'000;

TEST(Intervals, HoldTheTrueValueIn94To96OfAHundredRunsWhereClaimed) {
  const double error = std::sqrt(0.95 * 0.05 / replications);
  for (const Figure& figure : study(replications)) {
    SCOPED_TRACE(figure.law + ", " + figure.name + ", " + std::to_string(figure.years) + " years");
    if (figure.claims()) {
      EXPECT_GT(figure.coverage(), 0.94 - 3.5 * error);
      EXPECT_LT(figure.coverage(), 0.96 + 3.5 * error);
    } else {
      EXPECT_LT(figure.missed_share(), 0.06 + 3.5 * error);
    }
    if (std::isfinite(figure.grand_z)) {
      EXPECT_LT(std::abs(figure.grand_z), 4.5);
    }
  }
}

}  // namespace
}  // namespace corridor::coverage
