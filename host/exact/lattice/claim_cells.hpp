// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "host/exact/lattice/group_families.hpp"

namespace corridor {

/// How many of some persons are expected to have claims of each amount, at the severity 1: their
/// laws times their weights, added up, in cells of 1/64 of an octave that begin at whole powers.
/// Each keeps its three moments, and so does what lies above the last one.
class ClaimCells {
 public:
  static constexpr double per_octave = 64;
  struct Cell {
    double mass = 0, first = 0, second = 0;  ///< about the middle, in widths
  };
  /// Of amounts^0, 1, 2.
  struct Sums {
    double mass = 0, first = 0, second = 0;
    void add(const Sums& other, double factor = 1, double scale = 1);
  };

  /// All amounts from `low_usd` to `high_usd` lie in cells.
  ClaimCells(std::span<const Family* const> families, double low_usd, double high_usd);

  int first() const { return first_; }  ///< number of the first cell
  int end() const { return first_ + static_cast<int>(cells_.size()); }
  const Cell& operator[](int cell) const { return cells_[static_cast<std::size_t>(cell - first_)]; }
  const Sums& beyond() const { return beyond_; }

  /// Where a cell begins.
  static double edge(int cell) { return std::exp2(cell / per_octave); }
  static Sums sums_of(int number, const Cell& cell);
  /// The cell that an amount lies in.
  static int number_of(double amount_usd);

 private:
  void add_law(const TableLaw& law, double scale, double weight);
  void add_piece(double low, double high, double mass, std::size_t& at);
  void add_part(std::size_t cell, double low, double high, double mass);
  void fill_whole_cells();

  int first_;
  std::vector<double> edges_;  ///< [cell], ascending, and the last one's end
  std::vector<double> middles_, inverse_widths_;  ///< [cell]
  std::vector<Cell> cells_;
  std::vector<double> density_end_;  ///< [cell] change of whole cells' density at its end
  Sums beyond_;
};

}  // namespace corridor
