// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "host/exact/excess_grid.hpp"
#include "host/exact/table_law.hpp"

namespace corridor {

/// E(f X - t)+ for one law and one lognormal factor f with mean 1, for many thresholds: from the
/// law itself without a factor, one by one where sigma is below 1e-3 or a threshold lies outside the
/// range, else from a grid. Borrows the law.
class SmoothedExcess {
 public:
  /// `thresholds`  the range of what will be asked; low > high for nothing
  SmoothedExcess(const TableLaw& law, double sigma, LogRange thresholds);

  /// `log_threshold` its natural logarithm: callers have it at hand, and it costs more than the
  /// rest
  double operator()(double threshold, double log_threshold) const;
  ExcessAt at(double threshold, double log_threshold) const;

 private:
  const TableLaw& law_;
  double sigma_;
  std::optional<ExcessGrid> grid_;
};

}  // namespace corridor
