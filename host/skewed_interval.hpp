// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "corridor/losses.hpp"

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
///         the widening is fitted, see scripts/coverage
Interval mean_interval(const YearMoments& year, std::uint64_t years);

}  // namespace corridor
