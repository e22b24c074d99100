// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <vector>

#include "host/distribution/quantile_curve.hpp"

namespace corridor {

/// One bucket of a falling table in double: a straight line over survival low to high, through the
/// bucket's mean at `centre`, where the bucket's weight balances.
struct TableLine {
  double low = 0, high = 0;
  double centre = 0;
  double mean = 0;
  double slope = 0;  ///< <= 0

  double at(double survival) const { return mean + slope * (survival - centre); }
};

/// Values a table may take.
struct TableBounds {
  double least = 0;
  double most = std::numeric_limits<double>::infinity();
};

/// Survival at the lower edge of a bucket; of sloped_bucket_count: 1.
double bucket_edge(int bucket);

/// Lines over the sloped buckets [sloped_bucket_count] of a falling curve, each with the curve's
/// mean and the slope that fits the curve best, where neighbours would overlap or leave the bounds
/// limited so that the whole falls. `below_floor` is the integral of the curve over survival 0 to
/// 2^-40: bucket 0 carries it at its lower edge.
std::vector<TableLine> table_lines(const QuantileCurve& curve, double below_floor,
                                   TableBounds bounds);

/// Values that separate a line from its neighbours [sloped_bucket_count + 1], falling: line i stays
/// between separators i and i + 1.
std::vector<double> line_separators(const std::vector<TableLine>& lines, TableBounds bounds);

}  // namespace corridor
