// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/distribution/claim_law.hpp"

namespace corridor {

/// Survival on [from, to): straight between its two ends, or a Pareto curve
/// survival_from * (from / x)^alpha. Where the next piece starts lower lies a point mass.
struct Piece {
  double from_usd = 0, to_usd = 0;  ///< `to` is infinite in a last Pareto piece
  double survival_from = 0, survival_to = 0;
  double alpha = 0;  ///< 0: straight
};

/// A law made of pieces that follow each other from 0 up; above the last one the survival is 0.
/// All integrals are in closed form.
class PiecewiseLaw final : public ClaimLaw {
 public:
  /// Expects pieces of positive width, ascending without gaps from 0, survival falling, and in an
  /// infinite last piece alpha > 1.
  explicit PiecewiseLaw(std::vector<Piece> pieces);

  double survival(double amount_usd) const override;
  double quantile(double survival) const override;
  double mean() const override { return excess_.empty() ? 0 : excess_.front(); }
  double excess(double deductible_usd) const override;
  double limited_expected_value(double deductible_usd) const override;

 private:
  std::size_t piece_at(double amount_usd) const;

  std::vector<Piece> pieces_;
  std::vector<double> excess_;   ///< [piece], over the piece's start, summed from the top
  std::vector<double> limited_;  ///< [piece], at the piece's start, summed from below
};

/// Appends the law of a bucket (low, high] whose claims have probability survival_low -
/// survival_high and mean `mean_usd`: uniform from low to the mean with the share (high - mean) /
/// (high - low) of the probability and uniform from the mean to high with the rest. That fills the
/// bucket and keeps its mean; a mean on an end is a point mass there.
void append_bucket(std::vector<Piece>& pieces, const Piece& bucket, double mean_usd);

/// Appends a Pareto curve from a point down; infinite `to_usd` ends the law.
void append_pareto(std::vector<Piece>& pieces, double from_usd, double to_usd, double survival_from,
                   double alpha);

/// Appends a stretch without claims.
void append_gap(std::vector<Piece>& pieces, double from_usd, double to_usd, double survival);

}  // namespace corridor
