// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <span>
#include <utility>
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
  /// Amounts from `low_usd` to `high_usd`; those above are spread as if they were `high_usd`.
  MergedClaims(std::span<const Family* const> families, double low_usd, double high_usd);

  /// Adds the persons of paid(scale * amount).
  void spread(const PaidFunction& paid, double scale, CellSpread& to) const;
  /// As a law's, of all persons; amounts from low_usd up.
  double survival(double threshold) const { return above(threshold).mass; }
  double excess(double threshold) const;
  double excess_squared(double threshold) const;
  bool covers(double low_usd, double high_usd) const {
    return edges_.front() <= low_usd && high_usd <= edges_.back();
  }

 private:
  struct Sums {
    double mass = 0, first = 0, second = 0;  ///< of amounts^0, 1, 2
    void add(double low, double high, double more);
  };
  struct Cell {
    double mass = 0, first = 0, second = 0;  ///< about the middle, in widths
  };
  struct Piece {
    double low, high, mass;
    Sums higher;  ///< of all pieces above
  };
  std::size_t cell_of(double amount) const;
  void add_law(const TableLaw& law, double scale, double weight);
  void add_piece(double low, double high, double mass);
  void add_part(std::size_t cell, double low, double high, double mass);
  void part_in_thirds();
  Sums above(double threshold) const;
  const Piece* first_above(double threshold) const;

  std::vector<double> edges_;  ///< [cell], ascending, and the last one's end
  std::vector<Cell> cells_;
  std::vector<double> density_end_;  ///< [cell] change of whole cells' density at its end
  Sums beyond_;
  std::vector<Piece> pieces_;
};

/// A group's merged claims, kept for every look at it. Not for two threads.
class MergedStore {
 public:
  /// Of a slice's families, all paid alike, which stay where they are and what they are.
  const MergedClaims& of(const FamilySlice& slice, std::span<const Family* const> families,
                         double low_usd, double high_usd);

 private:
  static constexpr double spare = 1.5;  ///< more than asked, for the next look
  std::map<std::pair<const FamilySlice*, std::size_t>, std::unique_ptr<MergedClaims>> kept_;
};

}  // namespace corridor
