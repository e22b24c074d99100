// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/distribution/table_lines.hpp"

#include <algorithm>
#include <cmath>

#include "kernels/lane/table.hpp"

namespace corridor {
namespace {

constexpr double least_value = 0x1p-30;
constexpr int samples = 16;  // of the curve in a bucket: the slope is free, only the mean is exact

/// Least-squares slope of the curve over a bucket.
double fitted_slope(const QuantileCurve& curve, double low, double high) {
  const double step = (high - low) / samples;
  double moment = 0, inertia = 0;
  for (int i = 0; i < samples; ++i) {
    const double offset = step * (i + 0.5 - samples / 2.0);
    moment += offset * curve.quantile((low + high) / 2 + offset);
    inertia += offset * offset;
  }
  return std::min(moment / inertia, 0.0);
}

TableLine inner_line(const QuantileCurve& curve, double low, double high) {
  return {low, high, (low + high) / 2, curve.quantile_integral(low, high) / (high - low),
          fitted_slope(curve, low, high)};
}

/// Bucket 0: a point of weight `low` at its lower edge stands for all survival below. The line ends
/// where the curve does at the upper edge.
TableLine floor_line(const QuantileCurve& curve, double low, double high, double below_floor) {
  const double width = high - low;
  TableLine line{low, high, (low * low + width * (low + high) / 2) / high, 0, 0};
  line.mean = (below_floor + curve.quantile_integral(low, high)) / high;
  line.slope = std::min((curve.quantile(high) - line.mean) / (high - line.centre), 0.0);
  return line;
}

/// Rounding of the integrals may lift a mean over its left neighbour's where the curve is flat, and
/// what no cent ever shows is nothing: the table needs no denormal numbers.
void tidy_means(std::vector<TableLine>& lines, TableBounds bounds) {
  double most = bounds.most;
  for (TableLine& line : lines) {
    most = line.mean = std::max(std::min(line.mean, most), bounds.least);
    if (std::fabs(line.mean) < least_value) line.mean = line.slope = 0;
  }
}

/// Turns a line about its centre until it stays between two values.
void limit(TableLine& line, double left, double right) {
  const double rise = std::max(left - line.mean, 0.0) / (line.centre - line.low);
  const double fall = std::max(line.mean - right, 0.0) / (line.high - line.centre);
  line.slope = -std::min({-line.slope, rise, fall});
}

}  // namespace

double bucket_edge(int bucket) {
  return std::ldexp(1.0 + (bucket % buckets_per_octave) / double{buckets_per_octave},
                    bucket / buckets_per_octave - table_octaves);
}

std::vector<double> line_separators(const std::vector<TableLine>& lines, TableBounds bounds) {
  std::vector<double> separators{bounds.most};
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const TableLine &left = lines[i], &right = lines[i + 1];
    const double drop = left.mean - left.at(left.high), rise = right.at(right.low) - right.mean;
    // The gap between the means, shared as the lines' own half-heights ask.
    const double share = drop + rise > 0 ? drop / (drop + rise) : 0.5;
    separators.push_back(
        std::clamp(std::lerp(left.mean, right.mean, share), right.mean, left.mean));
  }
  separators.push_back(bounds.least);
  return separators;
}

std::vector<TableLine> table_lines(const QuantileCurve& curve, double below_floor,
                                   TableBounds bounds) {
  std::vector<TableLine> lines{floor_line(curve, bucket_edge(0), bucket_edge(1), below_floor)};
  for (int i = 1; i < sloped_bucket_count; ++i) {
    lines.push_back(inner_line(curve, bucket_edge(i), bucket_edge(i + 1)));
  }
  tidy_means(lines, bounds);
  const std::vector<double> separators = line_separators(lines, bounds);
  for (std::size_t i = 0; i < lines.size(); ++i) limit(lines[i], separators[i], separators[i + 1]);
  return lines;
}

}  // namespace corridor
