// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/distribution/piecewise_law.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

double pareto_survival(const Piece& piece, double amount) {
  return piece.survival_from * std::pow(piece.from_usd / amount, piece.alpha);
}

double survival_in(const Piece& piece, double amount) {
  if (piece.alpha > 0) return pareto_survival(piece, amount);
  const double share = (amount - piece.from_usd) / (piece.to_usd - piece.from_usd);
  return std::lerp(piece.survival_from, piece.survival_to, share);
}

/// Integral of the survival from `amount`, inside the piece, to the piece's end.
double area_above(const Piece& piece, double amount) {
  if (piece.alpha <= 0) {
    return (piece.to_usd - amount) * (survival_in(piece, amount) + piece.survival_to) / 2;
  }
  const double here = pareto_survival(piece, amount) * amount;
  const double falling = piece.alpha - 1;
  if (std::isinf(piece.to_usd)) return here / falling;
  const double length = std::log(piece.to_usd / amount);
  return falling == 0 ? here * length : here * -std::expm1(-falling * length) / falling;
}

/// Integral of the survival from the piece's start to `amount`.
double area_below(const Piece& piece, double amount) {
  const double at_amount = survival_in(piece, amount);
  if (piece.alpha <= 0) return (amount - piece.from_usd) * (piece.survival_from + at_amount) / 2;
  return area_above({piece.from_usd, amount, piece.survival_from, at_amount, piece.alpha},
                    piece.from_usd);
}

double inverse_in(const Piece& piece, double survival) {
  if (piece.alpha > 0) {
    const double amount =
        piece.from_usd * std::pow(survival / piece.survival_from, -1 / piece.alpha);
    return std::min(amount, piece.to_usd);
  }
  const double fall = piece.survival_from - piece.survival_to;
  return std::lerp(piece.from_usd, piece.to_usd, (piece.survival_from - survival) / fall);
}

}  // namespace

PiecewiseLaw::PiecewiseLaw(std::vector<Piece> pieces)
    : pieces_(std::move(pieces)), excess_(pieces_.size()), limited_(pieces_.size()) {
  double above = 0, below = 0;
  for (std::size_t i = pieces_.size(); i-- > 0;) {
    excess_[i] = above += area_above(pieces_[i], pieces_[i].from_usd);
  }
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    limited_[i] = below;
    below += area_above(pieces_[i], pieces_[i].from_usd);
  }
}

std::size_t PiecewiseLaw::piece_at(double amount_usd) const {
  const auto beyond =
      std::upper_bound(pieces_.begin(), pieces_.end(), amount_usd,
                       [](double amount, const Piece& piece) { return amount < piece.to_usd; });
  return static_cast<std::size_t>(beyond - pieces_.begin());
}

double PiecewiseLaw::survival(double amount_usd) const {
  const std::size_t i = piece_at(amount_usd);
  return i == pieces_.size() ? 0 : survival_in(pieces_[i], amount_usd);
}

double PiecewiseLaw::excess(double deductible_usd) const {
  const std::size_t i = piece_at(deductible_usd);
  if (i == pieces_.size()) return 0;
  const double above = i + 1 < pieces_.size() ? excess_[i + 1] : 0;
  return above + area_above(pieces_[i], deductible_usd);
}

double PiecewiseLaw::limited_expected_value(double deductible_usd) const {
  const std::size_t i = piece_at(deductible_usd);
  return i == pieces_.size() ? mean() : limited_[i] + area_below(pieces_[i], deductible_usd);
}

double PiecewiseLaw::quantile(double survival) const {
  const auto piece = std::partition_point(pieces_.begin(), pieces_.end(),
                                          [&](const Piece& p) { return p.survival_to > survival; });
  if (piece == pieces_.end()) return pieces_.empty() ? 0 : pieces_.back().to_usd;
  return survival >= piece->survival_from ? piece->from_usd : inverse_in(*piece, survival);
}

void append_bucket(std::vector<Piece>& pieces, const Piece& bucket, double mean_usd) {
  const double width = bucket.to_usd - bucket.from_usd;
  const double mean = std::clamp(mean_usd, bucket.from_usd, bucket.to_usd);
  const double probability = bucket.survival_from - bucket.survival_to;
  const double middle = bucket.survival_to + probability * (mean - bucket.from_usd) / width;
  if (mean > bucket.from_usd) {
    pieces.push_back({bucket.from_usd, mean, bucket.survival_from, middle, 0});
  }
  if (mean < bucket.to_usd) {
    pieces.push_back({mean, bucket.to_usd, middle, bucket.survival_to, 0});
  }
}

void append_pareto(std::vector<Piece>& pieces, double from_usd, double to_usd, double survival_from,
                   double alpha) {
  const double survival_to =
      std::isinf(to_usd) ? 0 : survival_from * std::pow(from_usd / to_usd, alpha);
  pieces.push_back({from_usd, to_usd, survival_from, survival_to, alpha});
}

void append_gap(std::vector<Piece>& pieces, double from_usd, double to_usd, double survival) {
  if (to_usd > from_usd) pieces.push_back({from_usd, to_usd, survival, survival, 0});
}

}  // namespace corridor
