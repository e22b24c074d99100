// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/lattice/lattice_curve.hpp"
#include "host/exact/totals/total_law.hpp"

namespace corridor {

/// A total whose first two moments are known and whose law two looks at lattices show, the better
/// one first; how far they are apart is the error.
class LookedTotal : public TotalLaw {
 public:
  /// `certain_part`  of the mean: amounts are counted from it
  LookedTotal(double mean, double square, double certain, double certain_part);

  /// `mean`  as the look has it
  void look(const std::vector<double>& mass, double step, double mean);
  void set_errors(double mean_error, double sd_error);

  double mean_usd() const override { return certain_ + mean_; }
  double sd_usd() const override { return sd_; }
  double mean_error_usd() const override { return mean_error_; }
  double sd_error_usd() const override { return sd_error_; }
  TailAt at(double amount_usd) const override;
  TailAt error_at(double amount_usd) const override;
  double quantile(double level) const override;
  double quantile_error(double level) const override;

 private:
  struct Look {
    LatticeCurve curve;
    double step, mean;
    Look(const std::vector<double>& mass, double of_step, double of_mean);
  };
  TailAt above(const Look& look, double amount_usd) const;

  double mean_, square_ = 0, sd_ = 0, certain_, mean_error_ = 0, sd_error_ = 0;
  std::vector<Look> main_, check_;
};

}  // namespace corridor
