// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace corridor {

/// A quantity as a function of its survival probability: what a table is compiled from.
class QuantileCurve {
 public:
  QuantileCurve() = default;
  QuantileCurve(const QuantileCurve&) = delete;
  QuantileCurve& operator=(const QuantileCurve&) = delete;
  virtual ~QuantileCurve() = default;

  /// Value exceeded with probability `survival`, 0 <= survival <= 1; the smaller end of a gap.
  virtual double quantile(double survival) const = 0;

  /// Integral of the quantile over survival probabilities low to high, 0 <= low <= high <= 1; exact
  /// up to rounding, because the means of the tables' buckets are made from it.
  virtual double quantile_integral(double low, double high) const = 0;
};

}  // namespace corridor
