// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "host/exact/lattice/cell_spread.hpp"
#include "host/exact/lattice/claim_cells.hpp"
#include "host/exact/lattice/log_kernel.hpp"

namespace corridor {

/// Cells of claims as a density constant over each third of a cell; some are below 0. Amounts above
/// the last are spread as if they were where it ends.
///
/// The first term of the logarithm of a total's transform is the transform of this at the year's
/// severity, so one of them serves every person; what rows interpolate is only the rest.
///
/// A kernel spreads amounts in their logarithm. Of a law of claims it takes the jumps of the
/// density at its buckets' ends, which a sum over few severities does not see the mean of; the mean
/// over the effect, wider than the kernel, would have taken them just so.
class MergedClaims {
 public:
  /// Of the cells that the kernel's reach leaves.
  MergedClaims(const ClaimCells& cells, const LogKernel& kernel);

  /// Adds the persons of paid(scale * amount).
  void spread(const PaidFunction& paid, double scale, CellSpread& to) const;
  /// As a law's, of all persons; thresholds from low_usd() up.
  LawAbove above(double threshold) const;
  bool is_smoothed() const { return smoothed_; }  ///< by a kernel of more than one cell
  double low_usd() const { return low_usd_; }
  double high_usd() const { return high_usd_; }

 private:
  struct Piece {
    double low, high, mass;
    ClaimCells::Sums higher;  ///< of all pieces above
  };
  void part_in_thirds(int first, const std::vector<ClaimCells::Cell>& cells);
  ClaimCells::Sums sums_above(double threshold) const;
  const Piece* first_above(double threshold) const;

  double low_usd_, high_usd_;
  bool smoothed_;
  ClaimCells::Sums beyond_;
  std::vector<Piece> pieces_;
};

/// Claims that are asked for; years usually see those from `usual_usd` up.
struct MergedRange {
  double low_usd, usual_usd, high_usd;
};

/// A group's merged claims, kept for every look at it. Not for two threads.
class MergedStore {
 public:
  /// Of a slice's families, all paid alike, which stay where they are and what they are, under a
  /// kernel of `width` in logarithms, or under none where it would do more than take jumps out.
  const MergedClaims& of(const FamilySlice& slice, std::span<const Family* const> families,
                         const MergedRange& range, double width);
  /// Whether a kernel was asked for that would have done more.
  bool refused() const { return refused_; }

 private:
  bool refused_ = false;
  struct Kept {
    std::unique_ptr<ClaimCells> cells;
    std::map<double, std::unique_ptr<MergedClaims>> by_width;
  };
  std::map<std::pair<const FamilySlice*, std::size_t>, Kept> kept_;
};

}  // namespace corridor
