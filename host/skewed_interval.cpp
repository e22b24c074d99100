// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/skewed_interval.hpp"

#include <cmath>

namespace corridor {
namespace {

constexpr double normal_975 = 1.959963984540054;
constexpr double widening = 0.8;
constexpr double nearly_symmetric = 1e-6;

/// Hall's transformation backwards: the Student statistic that a standard normal `z` stands for.
double student(double z, double skewness_of_mean) {
  if (std::abs(skewness_of_mean) < nearly_symmetric) return z;
  return 3 / skewness_of_mean * (std::cbrt(1 + skewness_of_mean * (z - skewness_of_mean / 6)) - 1);
}

}  // namespace

Interval mean_interval(const YearMoments& year, std::uint64_t years) {
  const double root = std::sqrt(static_cast<double>(years));
  const double left = year.skewness / root;
  if (!(year.sd > 0) || (left < 0 && left * left * interval_hits > 1)) return {};
  const double z = normal_975 * (1 + widening * left * left);
  const double se = year.sd / root;
  return {year.mean - se * student(z, left), year.mean - se * student(-z, left)};
}

}  // namespace corridor
