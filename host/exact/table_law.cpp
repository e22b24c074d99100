// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/table_law.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace corridor {
namespace {

constexpr int cell_shift(int cells_log2) { return 52 - cells_log2; }

/// S at the lower end of a bucket: buckets are equal parts of an octave.
double bucket_low(int bucket) {
  const int octave = bucket / buckets_per_octave, part = bucket % buckets_per_octave;
  return std::ldexp(1.0 + part / static_cast<double>(buckets_per_octave), octave - table_octaves);
}

double mean_of_squares(double a, double b) { return (a * a + a * b + b * b) / 3; }

std::vector<TableLaw::Piece> pieces_of(const Bucket* table) {
  std::vector<TableLaw::Piece> pieces;
  pieces.reserve(sloped_bucket_count + 1);
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const auto slope = static_cast<double>(table[b].slope);
    const auto intercept = static_cast<double>(table[b].intercept);
    const double low = bucket_low(b), width = bucket_low(b + 1) - low;
    const double top = intercept + slope * low;
    if (b == 0) pieces.push_back({top, top, 0, low});
    pieces.push_back({top, intercept + slope * (low + width), low, width});
  }
  return pieces;
}

}  // namespace

TableLaw::TableLaw(const Bucket* table) : TableLaw(pieces_of(table)) {}

TableLaw::TableLaw(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {
  double area = 0, square = 0;
  for (Piece& piece : pieces_) {
    piece.area_before = area;
    piece.square_before = square;
    area += piece.width * (piece.top + piece.bottom) / 2;
    square += piece.width * mean_of_squares(piece.top, piece.bottom);
  }
  mean_ = area;
  build_index();
}

int TableLaw::cell_of(double threshold) {
  constexpr int shift = cell_shift(cells_per_octave_log2);
  constexpr auto first = static_cast<std::int64_t>(1023 + first_cell_exponent)
                         << cells_per_octave_log2;
  const auto cell = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(threshold) >> shift);
  return static_cast<int>(std::clamp<std::int64_t>(cell - first, 0, cell_count - 1));
}

double TableLaw::cell_edge(int cell) {
  if (cell == 0) return 0;
  if (cell == cell_count) return std::numeric_limits<double>::infinity();
  constexpr int cells = 1 << cells_per_octave_log2;
  return std::ldexp(1.0 + (cell % cells) / static_cast<double>(cells),
                    first_cell_exponent + cell / cells);
}

void TableLaw::build_index() {
  for (int cell = 0; cell <= cell_count; ++cell) {
    const auto above = std::partition_point(
        pieces_.begin(), pieces_.end(),
        [edge = cell_edge(cell)](const Piece& piece) { return piece.top > edge; });
    pieces_above_edge_[static_cast<std::size_t>(cell)] =
        static_cast<std::uint16_t>(above - pieces_.begin());
  }
}

int TableLaw::pieces_above(double threshold) const {
  const auto cell = static_cast<std::size_t>(cell_of(threshold));
  int least = pieces_above_edge_[cell + 1], most = pieces_above_edge_[cell];
  while (least < most) {
    const int middle = (least + most) / 2;
    if (piece(middle).top > threshold) {
      least = middle + 1;
    } else {
      most = middle;
    }
  }
  return least;
}

TableLaw::Cut TableLaw::cut(double threshold) const {
  const int above = pieces_above(threshold);
  if (above == 0) return {};
  const Piece& last = piece(above - 1);
  const double reached = std::max(last.bottom, threshold);
  const double share = reached > last.bottom ? (last.top - reached) / (last.top - last.bottom) : 1;
  const double width = last.width * share;
  return {last.low + width, last.area_before + width * (last.top + reached) / 2,
          last.square_before + width * mean_of_squares(last.top, reached)};
}

const TableLaw::Piece& TableLaw::piece_at(double survival) const {
  const auto after = std::upper_bound(pieces_.begin() + 1, pieces_.end(), survival,
                                      [](double s, const Piece& piece) { return s < piece.low; });
  return *(after - 1);
}

double TableLaw::quantile(double survival) const {
  if (survival >= 1) return pieces_.back().bottom;
  const Piece& at = piece_at(survival);
  return at.top + (survival - at.low) / at.width * (at.bottom - at.top);
}

double TableLaw::integral(double survival) const {
  if (survival >= 1) return mean_;
  const Piece& at = piece_at(survival);
  const double reached = at.top + (survival - at.low) / at.width * (at.bottom - at.top);
  return at.area_before + (survival - at.low) * (at.top + reached) / 2;
}

LawAbove TableLaw::above(double threshold) const {
  const Cut at = cut(threshold);
  return {at.survival, std::max(0.0, at.area - threshold * at.survival),
          std::max(0.0, at.square - threshold * (2 * at.area - threshold * at.survival))};
}

double TableLaw::survival(double threshold) const { return cut(threshold).survival; }
double TableLaw::excess(double threshold) const { return above(threshold).excess; }
double TableLaw::excess_squared(double threshold) const { return above(threshold).excess_squared; }

double TableLaw::limited(double threshold) const {
  const Cut at = cut(threshold);
  return (mean_ - at.area) + (at.survival > 0 ? threshold * at.survival : 0);
}

double TableLaw::excess_beyond(double threshold, double survival) const {
  const Cut at = cut(threshold);
  if (at.survival <= survival) return 0;
  return std::max(0.0, (at.area - integral(survival)) - threshold * (at.survival - survival));
}

double TableLaw::thinned_mean(double frequency) const {
  return frequency <= 1 ? frequency * mean_ : frequency * integral(1 / frequency);
}

double TableLaw::thinned_survival(double threshold, double frequency) const {
  return std::min(1.0, frequency * survival(threshold));
}

double TableLaw::thinned_excess(double threshold, double frequency) const {
  const double whole = frequency * excess(threshold);
  return frequency <= 1 ? whole : whole - frequency * excess_beyond(threshold, 1 / frequency);
}

double TableLaw::thinned_limited(double threshold, double frequency) const {
  if (frequency <= 1) return frequency * limited(threshold);
  return thinned_mean(frequency) - thinned_excess(threshold, frequency);
}

}  // namespace corridor
