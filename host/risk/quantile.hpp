// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "corridor/losses.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// Fewer years above a quantile than this carry no standard error and no interval of it.
inline constexpr std::uint64_t quantile_years = 10;

/// A quantile of yearly amounts, dollars; NaN where nothing is claimed.
struct Quantile {
  double value_usd = 0, se_usd = 0;
  Interval interval_95;
};

/// The order statistic of a rank, 1-based from below. Its interval lies between two order
/// statistics, its standard error is half of what lies between those one binomial standard
/// deviation off either side.
///
/// `outside`  probability of a year above the quantile
/// source     H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed., section 7.1
Quantile quantile_at(std::span<const Cents> ascending, std::uint64_t rank, double outside);

}  // namespace corridor
