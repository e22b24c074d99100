// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/merged_claims.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr double cells_per_octave = 64;

}  // namespace

MergedClaims::MergedClaims(std::span<const Family* const> families, double low_usd,
                           double high_usd) {
  const double octaves = std::max(0.0, std::log2(high_usd / low_usd));
  const auto cells = static_cast<std::size_t>(std::ceil(octaves * cells_per_octave)) + 1;
  for (std::size_t i = 0; i <= cells; ++i) {
    edges_.push_back(low_usd * std::exp2(static_cast<double>(i) / cells_per_octave));
  }
  cells_.resize(cells);
  density_end_.resize(cells);
  for (const Family* family : families) {
    for (const Family::Like& like : family->persons) {
      for (const LawPart& part : family->mixture) {
        add_law(*part.law, std::exp(like.log_scale), like.count * part.weight);
      }
    }
  }
  part_in_thirds();
}

std::size_t MergedClaims::cell_of(double amount) const {
  const double position = std::log2(amount / edges_.front()) * cells_per_octave;
  auto cell =
      static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(cells_.size() - 1)));
  while (cell > 0 && amount < edges_[cell]) --cell;
  while (cell + 1 < cells_.size() && amount >= edges_[cell + 1]) ++cell;
  return cell;
}

void MergedClaims::add_law(const TableLaw& law, double scale, double weight) {
  const int above = law.pieces_above(edges_.front() / scale);
  const int beyond = law.pieces_above(edges_.back() / scale);
  if (beyond > 0) {
    const double high = edges_.back(), chance = law.survival(high / scale);
    const double excess = scale * law.excess(high / scale);
    const double square = scale * scale * law.excess_squared(high / scale);
    beyond_.mass += weight * chance;
    beyond_.first += weight * (excess + high * chance);
    beyond_.second += weight * (square + high * (2 * excess + high * chance));
  }
  for (int i = std::max(0, beyond - 1); i < above; ++i) {
    const TableLaw::Piece& piece = law.piece(i);
    add_piece(scale * piece.bottom, scale * piece.top, weight * piece.width);
  }
}

void MergedClaims::add_piece(double low, double high, double mass) {
  const double a = std::max(low, edges_.front()), b = std::min(high, edges_.back());
  if (!(high > low)) {
    if (low >= edges_.front() && low < edges_.back()) add_part(cell_of(low), low, low, mass);
    return;
  }
  if (!(b > a)) return;
  const double density = mass / (high - low);
  const std::size_t first = cell_of(a), last = cell_of(b);
  if (first == last) return add_part(first, a, b, density * (b - a));
  add_part(first, a, edges_[first + 1], density * (edges_[first + 1] - a));
  add_part(last, edges_[last], b, density * (b - edges_[last]));
  if (last > first + 1) {
    density_end_[last - 1] += density;
    density_end_[first] -= density;
  }
}

void MergedClaims::add_part(std::size_t cell, double low, double high, double mass) {
  const double width = edges_[cell + 1] - edges_[cell];
  const double middle = (edges_[cell + 1] + edges_[cell]) / 2;
  const double a = (low - middle) / width, b = (high - middle) / width;
  cells_[cell].mass += mass;
  cells_[cell].first += mass * (a + b) / 2;
  cells_[cell].second += mass * (a * a + a * b + b * b) / 3;
}

// A density constant over thirds has second moments of 1/9 of the outer masses and 1/108 of all.
void MergedClaims::part_in_thirds() {
  double density = 0;
  Sums sum = beyond_;
  std::vector<Piece> falling;
  for (std::size_t i = cells_.size(); i-- > 0;) {
    density += density_end_[i];
    const double width = edges_[i + 1] - edges_[i], whole = density * width;
    const Cell cell{cells_[i].mass + whole, cells_[i].first, cells_[i].second + whole / 12};
    if (cell.mass == 0) continue;
    const double outer = 9 * cell.second - cell.mass / 12, lean = 3 * cell.first;
    const double masses[] = {(outer - lean) / 2, cell.mass - outer, (outer + lean) / 2};
    for (int third = 2; third >= 0; --third) {
      const double low = edges_[i] + width * third / 3;
      falling.push_back({low, low + width / 3, masses[third], sum});
      sum.add(low, low + width / 3, masses[third]);
    }
  }
  pieces_.assign(falling.rbegin(), falling.rend());
}

void MergedClaims::Sums::add(double low, double high, double more) {
  mass += more;
  first += more * (low + high) / 2;
  second += more * (low * low + low * high + high * high) / 3;
}

const MergedClaims::Piece* MergedClaims::first_above(double threshold) const {
  const auto at = std::partition_point(pieces_.begin(), pieces_.end(),
                                       [&](const Piece& piece) { return piece.high <= threshold; });
  return pieces_.data() + (at - pieces_.begin());
}

MergedClaims::Sums MergedClaims::above(double threshold) const {
  const Piece* piece = first_above(threshold);
  if (piece == pieces_.data() + pieces_.size()) return beyond_;
  Sums sums = piece->higher;
  const double low = std::max(threshold, piece->low);
  sums.add(low, piece->high, piece->mass * (piece->high - low) / (piece->high - piece->low));
  return sums;
}

double MergedClaims::excess(double threshold) const {
  const Sums sums = above(threshold);
  return sums.first - threshold * sums.mass;
}

double MergedClaims::excess_squared(double threshold) const {
  const Sums sums = above(threshold);
  return sums.second - threshold * (2 * sums.first - threshold * sums.mass);
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
  to.add_atom(paid(scale * edges_.back()), beyond_.mass);
}

const MergedClaims& MergedStore::of(const FamilySlice& slice,
                                    std::span<const Family* const> families, double low_usd,
                                    double high_usd) {
  auto& kept = kept_[{&slice, families.front()->paid}];
  if (!kept || !kept->covers(low_usd, high_usd)) {
    kept = std::make_unique<MergedClaims>(families, low_usd / spare, high_usd * spare);
  }
  return *kept;
}

}  // namespace corridor
