// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/lane/survival.hpp"
#include "kernels/lane/table.hpp"

namespace corridor {

/// Survival at the lower edge of a bucket, worked out apart from the code under test.
inline double edge(int bucket) {
  return std::ldexp(8.0 + bucket % buckets_per_octave, bucket / buckets_per_octave - 43);
}

/// A bucket's line in double.
inline double line_at(const Bucket& bucket, double survival) {
  return static_cast<double>(bucket.intercept) + static_cast<double>(bucket.slope) * survival;
}

inline double bucket_mean(const std::vector<Bucket>& table, int bucket) {
  return line_at(table[static_cast<std::size_t>(bucket)], (edge(bucket) + edge(bucket + 1)) / 2);
}

/// Integral over the bucket of max(x - d, 0).
inline double bucket_excess(const Bucket& bucket, double low, double high, double d) {
  const double left = line_at(bucket, low) - d, right = line_at(bucket, high) - d;
  if (left <= 0 && right <= 0) return 0;
  if (left >= 0 && right >= 0) return (left + right) / 2 * (high - low);
  const double above = std::max(left, right);
  return above / 2 * (high - low) * above / std::fabs(left - right);
}

/// E[max(X - d, 0)] of the law a table stands for: all survival below 2^-40 is drawn at 2^-40.
inline double table_excess(const std::vector<Bucket>& table, double d) {
  const double floor = survival_floor;
  double sum = floor * std::max(line_at(table[0], floor) - d, 0.0);
  for (int b = 0; b < sloped_bucket_count; ++b) {
    sum += bucket_excess(table[static_cast<std::size_t>(b)], edge(b), edge(b + 1), d);
  }
  return sum;
}

inline double table_mean(const std::vector<Bucket>& table) { return table_excess(table, 0); }

/// E[min(X, d)], summed so that small d keep their digits.
inline double table_limited(const std::vector<Bucket>& table, double d) {
  return table_mean(table) - table_excess(table, d);
}

/// Number of neighbouring survival probabilities at bucket edges and ends between which the table,
/// as the lane evaluates it, rises with S, or is negative, or not a number.
inline int disorders(const std::vector<Bucket>& table, bool falling = true) {
  int count = 0;
  float before = falling ? HUGE_VALF : 0;
  const auto look = [&](float survival) {
    const float value = quantile(table.data(), survival);
    const bool ordered = falling ? value <= before : value >= before;
    if (!ordered || !(value >= 0) || std::signbit(value)) ++count;
    before = value;
  };
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const auto low = static_cast<float>(edge(b)), high = static_cast<float>(edge(b + 1));
    look(low);
    look(std::nextafter(low, high));
    look((low + high) / 2);
    look(std::nextafter(high, low));
  }
  look(1.0f);
  return count;
}

}  // namespace corridor
