// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/expected_row.hpp"

#include <limits>

namespace corridor {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double at(const std::vector<double>& values, std::uint32_t threshold, double otherwise) {
  return threshold < values.size() ? values[threshold] : otherwise;
}

/// Claims below the deductibles as the aggregate counts them.
double countable_usd(const ExpectedSums& counted, std::uint32_t threshold) {
  return counted.ground_up_usd - counted.excess_usd[threshold] -
         at(counted.family_usd, threshold, 0);
}

}  // namespace

ExactRow expected_row(const GridRow& row, const ExpectedSums& sums, const ExpectedSums* counted) {
  const std::uint32_t deductible = row.deductible_threshold;
  const double band = sums.band_usd[deductible];
  double over_limit = 0;
  if (row.limit_threshold != GridRow::no_limit) {
    over_limit = sums.excess_usd[row.limit_threshold] - sums.band_usd[row.limit_threshold];
  }
  const double uncovered = sums.excess_usd[deductible] - band + at(sums.family_usd, deductible, 0);
  const double share = row.terms.SpecificReimbursement::share;
  const double specific = share * (uncovered - over_limit);
  if (row.terms.limit_is_on_payment) over_limit *= share;
  const double coinsurance = uncovered - specific - over_limit;

  const std::uint8_t also = row.terms.also;
  double retained = countable_usd(counted != nullptr ? *counted : sums, deductible);
  if (also & AggregateCounts::laser_band) retained += band;
  if (also & AggregateCounts::over_limit) retained += over_limit;
  if (also & AggregateCounts::coinsurance) retained += coinsurance;
  if (also & AggregateCounts::asd_absorbed && row.terms.retention > 0) retained = unknown;
  ExactRow expected;
  expected.retained_usd = expected.mature_retained_usd = retained;
  expected.specific_before_asd_usd = expected.mature_specific_before_asd_usd = specific;
  expected.laser_band_usd = band;
  expected.claimants = at(sums.claimants, deductible, unknown);
  expected.claimants_half = at(sums.claimants_half, deductible, unknown);
  return expected;
}

}  // namespace corridor
