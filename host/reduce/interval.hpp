// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/losses.hpp"
#include "host/skewed_interval.hpp"
#include "kernels/tallies.hpp"

namespace corridor {

/// 95% interval of a figure's mean in dollars, from its exact sums. The third moment is exact in
/// the tail at the lowest level; the years below it, of known number, sum and squares, add that of
/// a beta law. NaN below interval_hits hits and without a tail.
Interval mean_interval(const FigureTally& figure, const std::vector<Level>& levels,
                       std::uint64_t years);

/// 95% interval of a TVaR in dollars: VaR + the mean of (x - VaR)+ over (1 - p), VaR taken as
/// known, whose error is of second order. NaN for a tail of fewer than interval_hits years or
/// payouts.
Interval tail_interval(const FigureTally& figure, const TailTally& tail, const Level& level,
                       std::uint64_t years);

}  // namespace corridor
