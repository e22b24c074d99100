// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/distribution/round_line.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace corridor {
namespace {

constexpr int neighbours = 64;           // slopes tried to either side
constexpr double good_enough = 0x1p-32;  // relative error of a mean
constexpr double least_slope = 0x1p-60;  // flatter lines move no cent

struct Limits {
  float most, least;  // rounded the same way for the two buckets that share an edge
};

bool inside(const Bucket& bucket, const TableLine& line, Limits limits) {
  const auto first = static_cast<float>(line.low);
  const float last = std::nextafter(static_cast<float>(line.high), 0.0f);
  return fused(bucket.slope, first, bucket.intercept) <= limits.most &&
         fused(bucket.slope, last, bucket.intercept) >= limits.least;
}

double mean_error(const Bucket& bucket, const TableLine& line) {
  return std::fabs(static_cast<double>(bucket.slope) * line.centre +
                   static_cast<double>(bucket.intercept) - line.mean);
}

/// The flat bucket, which is always inside: rounding keeps order.
Bucket flat(const TableLine& line) { return {static_cast<float>(line.mean), 0.0f}; }

/// The line with its slope moved by a number of floats.
Bucket with_slope(const TableLine& line, int steps) {
  // Next floats of one sign are next integers; a slope is never so small that it would turn over.
  const std::uint32_t bits = bits_of(static_cast<float>(line.slope));
  const float slope = float_from_bits(bits + static_cast<std::uint32_t>(steps));
  return {static_cast<float>(line.mean - static_cast<double>(slope) * line.centre), slope};
}

/// The best bucket with a slope next to the line's that stays inside; flat if there is none.
Bucket nearest_inside(const TableLine& line, Limits limits) {
  Bucket best = flat(line);
  if (-line.slope < least_slope) return best;
  double least_error = HUGE_VAL;
  for (int i = 0; i <= 2 * neighbours; ++i) {
    const Bucket bucket = with_slope(line, i % 2 ? -(i + 1) / 2 : i / 2);
    const double error = mean_error(bucket, line);
    if (error >= least_error || !inside(bucket, line, limits)) continue;
    best = bucket;
    least_error = error;
    if (error <= good_enough * std::fabs(line.mean)) break;
  }
  return best;
}

}  // namespace

Bucket round_line(const TableLine& line, double most, double least) {
  const Limits limits{static_cast<float>(most), static_cast<float>(least)};
  const double rounding = std::ldexp(std::fabs(line.mean - line.slope * line.centre), -24);
  TableLine turned = line;
  for (double margin = rounding; turned.slope < 0; margin *= 2) {
    const Bucket bucket = nearest_inside(turned, limits);
    if (bucket.slope < 0) return bucket;
    turned.slope = std::min(line.slope + margin / (line.high - line.low), 0.0);
  }
  return flat(line);
}

std::vector<Bucket> round_lines(const std::vector<TableLine>& lines, TableBounds bounds) {
  const std::vector<double> separators = line_separators(lines, bounds);
  std::vector<Bucket> buckets;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    buckets.push_back(round_line(lines[i], separators[i], separators[i + 1]));
  }
  return buckets;
}

}  // namespace corridor
