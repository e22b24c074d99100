// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/lattice/lattice_curve.hpp"
#include "host/exact/totals/total_law.hpp"

namespace corridor {

/// A total whose mean is known and whose law looks at lattices show, each better than the one
/// before; how far the last two are apart is the error.
class LookedTotal : public TotalLaw {
 public:
  /// `certain_part`  of the mean: amounts are counted from it
  LookedTotal(double mean, double mean_error, double certain, double certain_part);

  /// What a look at a lattice shows.
  struct Seen {
    std::vector<double> mass;  ///< at 0, 1, ... steps beyond what is certain
    double step_usd = 1;
    double none = 0;         ///< P(nothing beyond what is certain)
    double mean_usd = 0;     ///< as the lattice has it
    double square_usd2 = 0;  ///< the total's second moment
  };
  /// Expects the nodes of looks to lie between those of the look before, in turn.
  void look(const Seen& seen);
  /// Of what is demanded, relative; expects two looks.
  double largest_error(const TotalDemand& demand) const;

  double mean_usd() const override { return certain_ + mean_; }
  double sd_usd() const override { return sd_; }
  double mean_error_usd() const override { return mean_error_; }
  double sd_error_usd() const override;
  TailAt at(double amount_usd) const override;
  TailAt error_at(double amount_usd) const override;
  double quantile(double level) const override;
  double quantile_error(double level) const override;

 private:
  struct Look {
    LatticeCurve curve;
    double step, mean, none, variance;
    Look(const Seen& seen, double of_none, double of_variance);
  };
  TailAt above(const Look& look, double amount_usd) const;
  const Look& last() const { return looks_.back(); }
  const Look& before() const { return looks_.front(); }

  double whole_mean_, mean_, mean_error_, certain_, square_ = 0, sd_ = 0;
  std::vector<Look> looks_;  ///< the last two
};

}  // namespace corridor
