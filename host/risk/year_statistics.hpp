// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "kernels/lane/cents.hpp"

namespace corridor {

/// Statistics of a yearly amount, dollars; mean and standard deviation from exact sums.
struct YearStatistics {
  std::uint64_t years = 0, hits = 0;  ///< hits: years with an amount above 0
  double mean_usd = 0, sd_usd = 0, se_usd = 0;
  double least_usd = 0, largest_usd = 0;
};

/// Expects a year or more.
YearStatistics year_statistics(std::span<const Cents> ascending);

/// Years above an amount.
std::uint64_t years_above(std::span<const Cents> ascending, double amount_usd);

}  // namespace corridor
