// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/merged_claims.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace corridor {
namespace {

using Cell = ClaimCells::Cell;
using Sums = ClaimCells::Sums;

constexpr double cell_width = std::numbers::ln2 / ClaimCells::per_octave;
constexpr double least_width = 2;  ///< of a kernel, in cells

/// to[i] += weight * from[i]
void add_scaled_values(double* __restrict to, const double* __restrict from, double weight,
                       std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] += weight * from[i];
}

// A shift by whole cells scales a cell with all that is in it.
std::vector<Cell> smoothed(const ClaimCells& cells, const LogKernel& kernel) {
  const int reach = kernel.reach(), from = cells.first() + reach, end = cells.end() - reach;
  const auto count = static_cast<std::size_t>(std::max(0, end - from));
  constexpr double Cell::*moments[] = {&Cell::mass, &Cell::first, &Cell::second};
  std::vector<Cell> sums(count);
  for (const auto moment : moments) {
    std::vector<double> all, sum(count);
    for (int i = cells.first(); i < cells.end(); ++i) all.push_back(cells[i].*moment);
    for (int shift = -reach; shift <= reach; ++shift) {
      add_scaled_values(sum.data(), all.data() + (reach - shift), kernel[shift], count);
    }
    for (std::size_t i = 0; i < count; ++i) sums[i].*moment = sum[i];
  }
  return sums;
}

/// What lies above the last smoothed cell.
Sums smoothed_beyond(const ClaimCells& cells, const LogKernel& kernel) {
  const int reach = kernel.reach();
  Sums above = cells.beyond(), sums;
  for (int shift = -reach; shift <= reach; ++shift) {  // of what begins at end - reach - shift
    sums.add(above, kernel[shift], ClaimCells::edge(shift));
    const int next = cells.end() - reach - shift - 1;
    if (shift < reach) above.add(ClaimCells::sums_of(next, cells[next]));
  }
  return sums;
}

}  // namespace

MergedClaims::MergedClaims(const ClaimCells& cells, const LogKernel& kernel)
    : low_usd_(ClaimCells::edge(cells.first() + kernel.reach())),
      high_usd_(ClaimCells::edge(cells.end() - kernel.reach())),
      smoothed_(kernel.reach() > 0),
      beyond_(smoothed_beyond(cells, kernel)) {
  part_in_thirds(cells.first() + kernel.reach(), smoothed(cells, kernel));
}

// A density constant over thirds has second moments of 1/9 of the outer masses and 1/108 of all.
void MergedClaims::part_in_thirds(int first, const std::vector<Cell>& cells) {
  Sums sum = beyond_;
  std::vector<Piece> falling;
  for (std::size_t i = cells.size(); i-- > 0;) {
    const Cell& cell = cells[i];
    if (cell.mass == 0) continue;
    const int number = first + static_cast<int>(i);
    const double begin = ClaimCells::edge(number), width = ClaimCells::edge(number + 1) - begin;
    const double outer = 9 * cell.second - cell.mass / 12, lean = 3 * cell.first;
    const double masses[] = {(outer - lean) / 2, cell.mass - outer, (outer + lean) / 2};
    for (int third = 2; third >= 0; --third) {
      const double low = begin + width * third / 3, high = low + width / 3;
      const double mass = masses[third];
      falling.push_back({low, high, mass, sum});
      sum.add({mass, mass * (low + high) / 2, mass * (low * low + low * high + high * high) / 3});
    }
  }
  pieces_.assign(falling.rbegin(), falling.rend());
}

const MergedClaims::Piece* MergedClaims::first_above(double threshold) const {
  const auto at = std::partition_point(pieces_.begin(), pieces_.end(),
                                       [&](const Piece& piece) { return piece.high <= threshold; });
  return pieces_.data() + (at - pieces_.begin());
}

Sums MergedClaims::sums_above(double threshold) const {
  const Piece* piece = first_above(threshold);
  if (piece == pieces_.data() + pieces_.size()) return beyond_;
  Sums sums = piece->higher;
  const double low = std::max(threshold, piece->low), high = piece->high;
  const double mass = piece->mass * (high - low) / (high - piece->low);
  sums.add({mass, mass * (low + high) / 2, mass * (low * low + low * high + high * high) / 3});
  return sums;
}

LawAbove MergedClaims::above(double threshold) const {
  const Sums sums = sums_above(threshold);
  return {sums.mass, sums.first - threshold * sums.mass,
          sums.second - threshold * (2 * sums.first - threshold * sums.mass)};
}

void MergedClaims::spread(const PaidFunction& paid, double scale, CellSpread& to) const {
  const double end = to.reach();
  const Piece* const last = pieces_.data() + pieces_.size();
  for (const Piece* piece = first_above(paid.lines.front().from_usd / scale); piece != last;
       ++piece) {
    const double low = scale * piece->low;
    if (paid(low) >= end) break;
    to.add_between(paid, low, scale * piece->high, piece->mass);
  }
  to.add_atom(paid(scale * high_usd_), beyond_.mass);
}

namespace {

/// Whether a kernel leaves the means of claims above thresholds from `from_usd` up, but for jumps
/// of the density, and moves numbers of persons by so little that its square does not show.
bool leaves_means(const MergedClaims& merged, const MergedClaims& raw, double from_usd) {
  constexpr double of_excess = 3e-5, of_square = 2e-5, rare = 1e-7;
  const double step = ClaimCells::edge(8);
  const double all = raw.above(from_usd).survival;
  for (double t = from_usd; t < merged.high_usd(); t *= step) {
    const LawAbove is = merged.above(t), was = raw.above(t);
    if (was.survival < rare * all) break;
    const double moved = is.survival - was.survival;
    if (std::abs(is.excess - was.excess) > of_excess * was.excess) return false;
    if (moved * moved > of_square * was.survival) return false;
  }
  return true;
}

}  // namespace

const MergedClaims& MergedStore::of(const FamilySlice& slice,
                                    std::span<const Family* const> families,
                                    const MergedRange& range, double width) {
  constexpr double spare = 1.5;  // more than asked, for the next look
  Kept& kept = kept_[{&slice, families.front()->paid}];
  std::unique_ptr<MergedClaims>& merged = kept.by_width[width];
  const auto covers = [](double low, double high, const MergedRange& asked) {
    return low <= asked.low_usd && asked.high_usd <= high;
  };
  if (merged && covers(merged->low_usd(), merged->high_usd(), range)) return *merged;
  const LogKernel kernel =
      width < least_width * cell_width ? LogKernel() : LogKernel(width / cell_width);
  const double wider = ClaimCells::edge(kernel.reach());
  const MergedRange wide{range.low_usd / wider, range.usual_usd, range.high_usd * wider};
  if (!kept.cells || !covers(ClaimCells::edge(kept.cells->first()),
                             ClaimCells::edge(kept.cells->end()), wide)) {
    kept.cells =
        std::make_unique<ClaimCells>(families, wide.low_usd / spare, wide.high_usd * spare);
  }
  merged = std::make_unique<MergedClaims>(*kept.cells, kernel);
  if (kernel.reach() == 0) return *merged;
  const MergedClaims raw(*kept.cells, LogKernel());
  if (!leaves_means(*merged, raw, range.usual_usd)) {
    *merged = raw;
    refused_ = true;
  }
  return *merged;
}

}  // namespace corridor
