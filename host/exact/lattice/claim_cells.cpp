// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/claim_cells.hpp"

#include <algorithm>

namespace corridor {

void ClaimCells::Sums::add(const Sums& other, double factor, double scale) {
  mass += factor * other.mass;
  first += factor * scale * other.first;
  second += factor * scale * scale * other.second;
}

int ClaimCells::number_of(double amount_usd) {
  return static_cast<int>(std::floor(std::log2(amount_usd) * per_octave));
}

ClaimCells::ClaimCells(std::span<const Family* const> families, double low_usd, double high_usd)
    : first_(number_of(low_usd) - 1) {
  const int end = std::max(number_of(high_usd) + 2, first_ + 1);
  for (int cell = first_; cell <= end; ++cell) edges_.push_back(edge(cell));
  cells_.resize(static_cast<std::size_t>(end - first_));
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    middles_.push_back((edges_[i + 1] + edges_[i]) / 2);
    inverse_widths_.push_back(1 / (edges_[i + 1] - edges_[i]));
  }
  density_end_.resize(cells_.size());
  for (const Family* family : families) {
    for (const Family::Like& like : family->persons) {
      for (const LawPart& part : family->mixture) {
        add_law(*part.law, std::exp(like.log_scale), like.count * part.weight);
      }
    }
  }
  fill_whole_cells();
}

void ClaimCells::add_law(const TableLaw& law, double scale, double weight) {
  const int above = law.pieces_above(edges_.front() / scale);
  const int beyond = law.pieces_above(edges_.back() / scale);
  if (beyond > 0) {
    const double high = edges_.back(), chance = law.survival(high / scale);
    const double excess = scale * law.excess(high / scale);
    const double square = scale * scale * law.excess_squared(high / scale);
    beyond_.add({chance, excess + high * chance, square + high * (2 * excess + high * chance)},
                weight);
  }
  std::size_t at = cells_.size() - 1;
  for (int i = std::max(0, beyond - 1); i < above; ++i) {
    const TableLaw::Piece& piece = law.piece(i);
    add_piece(scale * piece.bottom, scale * piece.top, weight * piece.width, at);
  }
}

/// `at`  a cell that `high` does not lie above; moves down to that of `low`, where the next piece
///       begins, but for rounding
void ClaimCells::add_piece(double low, double high, double mass, std::size_t& at) {
  const double a = std::max(low, edges_.front()), b = std::min(high, edges_.back());
  while (at + 1 < cells_.size() && b > edges_[at + 1]) ++at;
  while (at > 0 && b <= edges_[at]) --at;
  if (!(high > low)) {
    if (low >= edges_.front() && low < edges_.back()) add_part(at, low, low, mass);
    return;
  }
  if (!(b > a)) return;
  const double density = mass / (high - low);
  const std::size_t last = at;
  while (at > 0 && a < edges_[at]) --at;
  if (at == last) return add_part(last, a, b, density * (b - a));
  add_part(at, a, edges_[at + 1], density * (edges_[at + 1] - a));
  add_part(last, edges_[last], b, density * (b - edges_[last]));
  if (last > at + 1) {
    density_end_[last - 1] += density;
    density_end_[at] -= density;
  }
}

void ClaimCells::add_part(std::size_t cell, double low, double high, double mass) {
  const double a = (low - middles_[cell]) * inverse_widths_[cell];
  const double b = (high - middles_[cell]) * inverse_widths_[cell];
  cells_[cell].mass += mass;
  cells_[cell].first += mass * (a + b) / 2;
  cells_[cell].second += mass * (a * a + a * b + b * b) / 3;
}

// Densities add up from the tail, where they are least.
void ClaimCells::fill_whole_cells() {
  double density = 0;
  for (std::size_t i = cells_.size(); i-- > 0;) {
    density += density_end_[i];
    const double whole = density * (edges_[i + 1] - edges_[i]);
    cells_[i].mass += whole;
    cells_[i].second += whole / 12;
  }
}

ClaimCells::Sums ClaimCells::sums_of(int number, const Cell& cell) {
  const double low = edge(number), width = edge(number + 1) - low, middle = low + width / 2;
  return {cell.mass, middle * cell.mass + width * cell.first,
          middle * (middle * cell.mass + 2 * width * cell.first) + width * width * cell.second};
}

}  // namespace corridor
