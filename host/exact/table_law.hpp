// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "kernels/lane/table.hpp"

namespace corridor {

/// Of claims X above a threshold t.
struct LawAbove {
  double survival = 0;        ///< P(X > t)
  double excess = 0;          ///< E(X - t)+
  double excess_squared = 0;  ///< E((X - t)+)^2
};

/// A law of claims X in closed form: S uniform below 1, X a straight line in S in each of some
/// pieces. Made of a compiled table it is what the lane draws: X = intercept + slope * S in S's
/// bucket, below 2^-40 the value at 2^-40. What is integrated, in double, is the fp32 table itself,
/// so the figures are those of the simulation's own law and not of the law the table was made from.
/// Dollars at scale 1; a call takes the time of finding one piece.
///
/// Claims thinned by a frequency c have P(X > x) = min(1, c P0(X > x)): S runs to min(1, 1/c) only,
/// with weight c. Exposure and the year's frequency are such thinnings.
class TableLaw {
 public:
  /// X falls in a straight line from `top` to `bottom` while S runs from `low` to `low + width`.
  struct Piece {
    double top, bottom;
    double low, width;
    double area_before = 0;    ///< integral of X over S below `low`
    double square_before = 0;  ///< integral of X^2 over S below `low`
  };

  /// Expects `table` of bucket_count buckets that falls in S, up to the rounding of its floats.
  explicit TableLaw(const Bucket* table);
  /// Pieces side by side from S = 0 to S = 1, at most 65,535, falling up to rounding; what they
  /// hold before them is set here.
  explicit TableLaw(std::vector<Piece> pieces);

  double mean() const { return mean_; }
  double largest() const { return pieces_.front().top; }
  double quantile(double survival) const;         ///< X at S, 0 < S < 1
  double survival(double threshold) const;        ///< P(X > t)
  double excess(double threshold) const;          ///< E(X - t)+
  double excess_squared(double threshold) const;  ///< E((X - t)+)^2
  LawAbove above(double threshold) const;         ///< these three at once
  double limited(double threshold) const;         ///< E min(X, t), the limited expected value
  double integral(double survival) const;         ///< of X over S below `survival`

  double thinned_mean(double frequency) const;
  double thinned_survival(double threshold, double frequency) const;
  double thinned_excess(double threshold, double frequency) const;
  double thinned_limited(double threshold, double frequency) const;

  /// Integral of (X - t)+ over S from `survival` up: what a frequency of 1 / survival cuts off.
  double excess_beyond(double threshold, double survival) const;

  /// Pieces whose top lies above t; they come first.
  int pieces_above(double threshold) const;
  int piece_count() const { return static_cast<int>(pieces_.size()); }
  const Piece& piece(int index) const { return pieces_[static_cast<std::size_t>(index)]; }

 private:
  /// Where S stands when X falls to a threshold, and the two integrals over S below it.
  struct Cut {
    double survival = 0, area = 0, square = 0;
  };
  Cut cut(double threshold) const;
  const Piece& piece_at(double survival) const;  ///< 0 <= S < 1
  void build_index();

  // A threshold's bits name a cell of a sixteenth of an octave; between the counts of its two edges
  // few pieces are left to search.
  static constexpr int cells_per_octave_log2 = 4;
  static constexpr int first_cell_exponent = -16, last_cell_exponent = 40;
  static constexpr int cell_count = (last_cell_exponent - first_cell_exponent)
                                    << cells_per_octave_log2;
  static int cell_of(double threshold);
  static double cell_edge(int cell);

  std::vector<Piece> pieces_;  ///< piece 0 of a table is its atom below 2^-40
  std::array<std::uint16_t, cell_count + 1> pieces_above_edge_{};
  double mean_ = 0;
};

}  // namespace corridor
