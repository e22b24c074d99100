// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/expected_row.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace corridor {
namespace {

constexpr double dollar = 100;

/// A year of whole dollars so large that rounding to cents is invisible.
YearState a_year() {
  YearState year;
  year.ground_up = 1'000'000'00;
  year.excess = 400'000'00;
  year.laser_band = 90'000'00;
  year.countable = year.ground_up - year.excess;
  year.excess_over_limit = 120'000'00;
  return year;
}

ExpectedSums sums_of(const YearState& year) {
  const auto limit = static_cast<double>(year.excess_over_limit + 10'000'00) / dollar;
  return {static_cast<double>(year.ground_up) / dollar,
          {static_cast<double>(year.excess) / dollar, limit},
          {static_cast<double>(year.laser_band) / dollar, 10'000}};
}

GridRow row_with(double share, bool limit_on_payment, std::uint8_t also, bool limited) {
  GridRow row;
  row.deductible_threshold = 0;
  if (limited) row.limit_threshold = 1;
  row.terms.SpecificReimbursement::share = share;
  row.terms.limit_is_on_payment = limit_on_payment ? 1 : 0;
  row.terms.also = also;
  return row;
}

// The terms are linear up to the aggregating specific, so what they do to a year they do to a mean.
TEST(ExpectedRow, DoesToMeansWhatTheTermsDoToAYear) {
  for (const double share : {1.0, 0.9, 0.5}) {
    for (const bool on_payment : {true, false}) {
      for (std::uint8_t also = 0; also < 16; ++also) {
        for (const bool limited : {true, false}) {
          const GridRow row = row_with(share, on_payment, also, limited);
          YearState year = a_year();
          if (!limited) year.excess_over_limit = 0;
          row.terms.apply(year);
          const ExactRow expected = expected_row(row, sums_of(a_year()));
          EXPECT_DOUBLE_EQ(expected.retained_usd, static_cast<double>(year.counted) / dollar);
          EXPECT_DOUBLE_EQ(expected.specific_before_asd_usd,
                           static_cast<double>(year.specific_before_asd) / dollar);
        }
      }
    }
  }
}

TEST(ExpectedRow, HasNoRetainedMeanWhereAnAggregatingSpecificCounts) {
  GridRow row = row_with(1, true, AggregateCounts::asd_absorbed, false);
  row.terms.retention = 75'000'00;
  EXPECT_TRUE(std::isnan(expected_row(row, sums_of(a_year())).retained_usd));
  EXPECT_DOUBLE_EQ(expected_row(row, sums_of(a_year())).specific_before_asd_usd, 310'000);
}

TEST(ExpectedRow, AnAggregatingSpecificOfNothingAbsorbsNothing) {
  const GridRow row = row_with(1, true, AggregateCounts::asd_absorbed, false);
  EXPECT_DOUBLE_EQ(expected_row(row, sums_of(a_year())).retained_usd, 600'000);
}

}  // namespace
}  // namespace corridor
