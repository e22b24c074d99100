// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "host/exact/lattice/cell_spread.hpp"
#include "host/exact/lattice/group_families.hpp"

namespace corridor {

/// How many of a group's persons are expected to have claims of each amount, at the severity 1: the
/// persons' laws times their weights, added up. In cells of 1/64 of an octave of the amount, each
/// of which keeps three moments, as a density constant over each third; some are below 0.
///
/// The first term of the logarithm of a total's transform is the transform of this at the year's
/// severity, so one of them serves every person; what rows interpolate is only the rest.
class MergedClaims {
 public:
  /// Amounts from `low_usd` to `high_usd`; those above stand at `high_usd`.
  MergedClaims(std::span<const Family* const> families, double low_usd, double high_usd);

  /// Adds the persons of paid(scale * amount). Returns how many are paid more than 0, those beyond
  /// the lattice too; the thirds put it off by parts of a cell.
  double spread(const PaidFunction& paid, double scale, CellSpread& to) const;

 private:
  struct Cell {
    double mass = 0, first = 0, second = 0;  ///< about the middle, in widths
  };
  struct Piece {
    double low, high, mass;
    double from_here = 0;  ///< mass of this piece and all above it
  };
  std::size_t cell_of(double amount) const;
  void add_law(const TableLaw& law, double scale, double weight);
  void add_piece(double low, double high, double mass);
  void add_part(std::size_t cell, double low, double high, double mass);
  void part_in_thirds();

  std::vector<double> edges_;  ///< [cell], ascending, and the last one's end
  std::vector<Cell> cells_;
  std::vector<double> density_end_;  ///< [cell] change of whole cells' density at its end
  double beyond_ = 0;
  std::vector<Piece> pieces_;
};

}  // namespace corridor
