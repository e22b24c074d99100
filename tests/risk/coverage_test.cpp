// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/risk/cells.hpp"

namespace corridor::risk_cases {
namespace {

void expect_right(std::uint32_t replications) {
  int tails = 0;
  for (const Coverage& cell : study(replications)) {
    SCOPED_TRACE(cell.law + ", " + cell.figure + " " + cell.level + ", " +
                 std::to_string(cell.years) + " years: " + std::to_string(cell.coverage()) +
                 " held, se / spread " + std::to_string(cell.se_over_spread));
    const bool is_var = cell.figure == "VaR";
    EXPECT_TRUE(cell.is_right(3.8));
    if (is_var) {
      EXPECT_EQ(cell.claimed, cell.replications);
    } else if (cell.tail_years < 200) {
      EXPECT_EQ(cell.claimed, 0u);
    }
    tails += !is_var && cell.claims() ? 1 : 0;
    EXPECT_LT(std::abs(cell.bias_over_se), 0.35);
    if (cell.tail_years < 40) continue;
    EXPECT_GT(cell.se_over_spread, 0.9);
    EXPECT_LT(cell.se_over_spread, 1.15);
  }
  EXPECT_GE(tails, 36);  // of 40 with 200 years beyond
}

TEST(RiskIntervals, HoldAsOftenAsTheyClaim) { expect_right(CORRIDOR_REPLICATIONS); }

}  // namespace
}  // namespace corridor::risk_cases
