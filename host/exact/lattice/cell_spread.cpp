// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/cell_spread.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace corridor {
namespace {

/// The cell of a point k reaches from k - 1/2 to k + 1/2, that of 1 from 0.
double cell_low(std::size_t cell) { return cell <= 1 ? 0 : static_cast<double>(cell) - 0.5; }
double cell_high(std::size_t cell) { return static_cast<double>(cell) + 0.5; }
std::size_t cell_of(double at) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(at + 0.5));
}

}  // namespace

CellSpread::CellSpread(std::size_t points) : mass_(points), density_end_(points + 1) {}

void CellSpread::add_moments(std::size_t cell, double mass, double first, double second) {
  mass_[cell - 1] += (second - first) / 2;
  mass_[cell] += mass - second;
  if (cell + 1 < mass_.size()) mass_[cell + 1] += (second + first) / 2;
}

void CellSpread::add_atom(double at, double mass) {
  if (!(at > 0) || at >= reach()) return;
  const std::size_t cell = cell_of(at);
  const double distance = at - static_cast<double>(cell);
  add_moments(cell, mass, mass * distance, mass * distance * distance);
}

void CellSpread::add_part(std::size_t cell, double low, double high, double density) {
  const double a = low - static_cast<double>(cell), b = high - static_cast<double>(cell);
  const double mass = density * (high - low);
  add_moments(cell, mass, mass * (a + b) / 2, mass * (a * a + a * b + b * b) / 3);
}

void CellSpread::add_uniform(double low, double high, double mass) {
  const double end = reach();
  if (low >= end) return;
  if (high - low < 1e-9) return add_atom((low + high) / 2, mass);
  const double density = mass / (high - low), reached = std::min(high, end);
  const std::size_t first = cell_of(low);
  const std::size_t last = std::min(cell_of(reached), mass_.size() - 1);
  if (first == last) return add_part(first, low, reached, density);
  add_part(first, low, cell_high(first), density);
  if (reached > cell_low(last)) add_part(last, cell_low(last), reached, density);
  if (last > first + 1) {
    density_end_[last - 1] += density;
    density_end_[first] -= density;
  }
}

void CellSpread::add_between(const PaidFunction& paid, double low, double high, double mass) {
  double amount = 0;
  for (std::size_t i = 0; i < paid.lines.size(); ++i) {
    const PersonFunction::Line& line = paid.lines[i];
    const double end = i + 1 < paid.lines.size() ? paid.lines[i + 1].from_usd
                                                 : std::numeric_limits<double>::infinity();
    const double a = std::max(low, line.from_usd), b = std::min(high, end);
    if (high <= line.from_usd) break;
    if (b > a) {
      const double from = amount + line.slope * (a - line.from_usd);
      const double to = amount + line.slope * (b - line.from_usd);
      add_uniform(from, to, mass * (b - a) / (high - low));
    }
    if (i + 1 < paid.lines.size()) amount += line.slope * (end - line.from_usd);
  }
}

void CellSpread::add(const PaidFunction& paid, const TableLaw& law, double scale, double weight) {
  if (paid.nothing() || !(scale > 0)) return;
  const int above = law.pieces_above(paid.lines.front().from_usd / scale);
  for (int i = 0; i < above; ++i) {
    const TableLaw::Piece& piece = law.piece(i);
    const double low = scale * piece.bottom, high = scale * piece.top;
    if (high > low) {
      add_between(paid, low, high, weight * piece.width);
    } else {
      add_atom(paid(high), weight * piece.width);
    }
  }
}

// A whole cell of density 1 has the second moment 1/12. Densities add up from the tail, where they
// are least.
const std::vector<double>& CellSpread::finish() {
  double density = 0;
  for (std::size_t cell = mass_.size() - 1; cell >= 1; --cell) {
    density += density_end_[cell];
    if (density != 0) add_moments(cell, density, 0, density / 12);
    density_end_[cell] = 0;
  }
  return mass_;
}

}  // namespace corridor
