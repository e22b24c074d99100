// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/expected_row.hpp"

#include <limits>

namespace corridor {

ExactRow expected_row(const GridRow& row, const ExpectedSums& sums) {
  const double excess = sums.excess_usd[row.deductible_threshold];
  const double band = sums.band_usd[row.deductible_threshold];
  double over_limit = 0;
  if (row.limit_threshold != GridRow::no_limit) {
    over_limit = sums.excess_usd[row.limit_threshold] - sums.band_usd[row.limit_threshold];
  }
  const double uncovered = excess - band;
  const double share = row.terms.SpecificReimbursement::share;
  const double specific = share * (uncovered - over_limit);
  if (row.terms.limit_is_on_payment) over_limit *= share;
  const double coinsurance = uncovered - specific - over_limit;

  const std::uint8_t also = row.terms.also;
  double retained = sums.ground_up_usd - excess;
  if (also & AggregateCounts::laser_band) retained += band;
  if (also & AggregateCounts::over_limit) retained += over_limit;
  if (also & AggregateCounts::coinsurance) retained += coinsurance;
  if (also & AggregateCounts::asd_absorbed && row.terms.retention > 0) {
    retained = std::numeric_limits<double>::quiet_NaN();
  }
  ExactRow expected;
  expected.retained_usd = expected.mature_retained_usd = retained;
  expected.specific_before_asd_usd = expected.mature_specific_before_asd_usd = specific;
  expected.laser_band_usd = band;
  expected.claimants = expected.claimants_half = std::numeric_limits<double>::quiet_NaN();
  return expected;
}

}  // namespace corridor
