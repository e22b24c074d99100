// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/lattice/paid_function.hpp"

namespace corridor {

/// Masses on the points 0, 1, ... of a lattice that keep a law's first three moments: what lies
/// nearest to a point k is parted over k - 1, k and k + 1 as the parabola through them asks, with
/// k >= 1. Some masses are below 0. The lattice's own length drops what lies beyond it.
///
/// Masses of a cell are sums over that cell alone, never differences of sums over the law, which
/// would lose the far tail to rounding.
class CellSpread {
 public:
  explicit CellSpread(std::size_t points);

  /// Adds `weight` times the law of paid(scale * X) where it is above 0, amounts in steps.
  void add(const PaidFunction& paid, const TableLaw& law, double scale, double weight);
  /// The same of claims evenly between two amounts.
  void add_between(const PaidFunction& paid, double low, double high, double mass);
  void add_atom(double at, double mass);
  void add_uniform(double low, double high, double mass);
  /// Amounts from here on are dropped.
  double reach() const { return static_cast<double>(mass_.size()) - 0.5; }
  /// Masses with whatever was added.
  const std::vector<double>& finish();

 private:
  void add_moments(std::size_t cell, double mass, double first, double second);
  void add_part(std::size_t cell, double low, double high, double density);

  std::vector<double> mass_;         ///< [point]
  std::vector<double> density_end_;  ///< [cell] change of the density of whole cells at its end
};

}  // namespace corridor
