// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/losses.hpp"
#include "kernels/tallies.hpp"

namespace corridor {

/// Mean, standard deviation and skewness of one year.
struct YearMoments {
  double mean = 0, sd = 0, skewness = 0;
};

/// 95% interval of the mean of `years` years: Hall's cubic transformation of the Student statistic,
/// z widened by 0.8 g^2 where g = skewness / sqrt(years) is what skewness is left in the mean. NaN
/// without a spread, and where the years that differ from the rest are too few: 1 / g^2 of a
/// payout that is nearly always the same.
///
/// source  P. Hall, On the removal of skewness by transformation, J. R. Statist. Soc. B 54 (1992);
///         the widening is fitted, see bench/coverage
Interval mean_interval(const YearMoments& year, std::uint64_t years);

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
