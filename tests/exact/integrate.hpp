// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <numbers>

#include "kernels/lane/table.hpp"

namespace corridor::brute {

/// Mean of h(X) over the draws of a table: midpoints in every bucket, without any closed form.
/// `until` ends S early, as a frequency above 1 does.
template <class Function>
double over_table(const Bucket* table, const Function& h, int midpoints = 2000, double until = 1) {
  const auto value = [&](int b, double s) {
    const Bucket& bucket = table[b];
    return static_cast<double>(bucket.intercept) + static_cast<double>(bucket.slope) * s;
  };
  double sum = std::ldexp(1.0, -table_octaves) * h(value(0, std::ldexp(1.0, -table_octaves)));
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const double low =
        std::ldexp(1 + b % buckets_per_octave / static_cast<double>(buckets_per_octave),
                   b / buckets_per_octave - table_octaves);
    const double width =
        std::ldexp(1.0 / buckets_per_octave, b / buckets_per_octave - table_octaves);
    const double used = std::fmin(width, until - low);
    if (used <= 0) break;
    double inside = 0;
    for (int i = 0; i < midpoints; ++i) inside += h(value(b, low + used * (i + 0.5) / midpoints));
    sum += inside * used / midpoints;
  }
  return sum;
}

/// Mean of g over a standard normal score by a trapezoid far finer than any that is shipped.
template <class Function>
double over_normal(const Function& g, double step = 1.0 / 1024, double reach = 9) {
  double sum = 0;
  const auto half = static_cast<int>(reach / step);
  for (int i = -half; i <= half; ++i) sum += std::exp(-i * step * i * step / 2) * g(i * step);
  return sum * step / std::sqrt(2 * std::numbers::pi);
}

}  // namespace corridor::brute
