// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "corridor/result_file.hpp"
#include "corridor/run_options.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// One yearly amount of the book. Borrows its years.
struct NamedYears {
  std::string metric;                                           ///< "gross"
  std::span<const Cents> ascending;                             ///< one year or more
  double exact_usd = std::numeric_limits<double>::quiet_NaN();  ///< mean in closed form
  double largest_usd = 0;  ///< the most that one event adds to a year; 0: not known
  double premium_usd = std::numeric_limits<double>::quiet_NaN();  ///< of loss ratios
};

/// Years in which some person's claims exceed an amount.
struct ClaimCount {
  double amount_usd = 0;
  std::uint64_t years_above = 0;
};

/// `rungs`        [year] number of the amounts that the year's largest claim exceeds
/// `amounts_usd`  ascending
std::vector<ClaimCount> claim_counts(std::span<const std::uint8_t> rungs,
                                     std::span<const double> amounts_usd);

/// Return periods, in years, that a run of `years` carries: those of 2 to 1000 with ten years
/// beyond.
std::vector<std::uint32_t> return_periods(std::uint64_t years);

/// Table "metrics": mean, its error, the closed form beside it, spread, least and largest year.
ResultTable metric_table(std::span<const NamedYears> metrics);

/// Table "risk": VaR and TVaR at every level, and what they are above the mean.
ResultTable risk_table(std::span<const NamedYears> metrics, std::span<const Level> levels);

/// Table "exceedance": what is exceeded once in so many years, the order statistic of rank
/// years - floor(years / period); then, as metric "largest_claim", how often some person's claims
/// exceed an amount. The error stands at the loss there and at the probability here.
///
/// `claim_years`  years that `claims` counts over
ResultTable exceedance_table(std::span<const NamedYears> metrics,
                             std::span<const std::uint32_t> periods_years,
                             std::span<const ClaimCount> claims = {},
                             std::uint64_t claim_years = 0);

/// Table "loss_ratio": losses over the premium of each metric that has one above 0.
ResultTable loss_ratio_table(std::span<const NamedYears> metrics);

}  // namespace corridor
