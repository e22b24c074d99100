// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/lattice/lattice_curve.hpp"
#include "host/exact/lattice/node_plan.hpp"
#include "host/exact/lattice/node_sets.hpp"
#include "host/exact/totals/total_law.hpp"

namespace corridor {

/// One look at a group's total through one lattice: amounts in dollars, what is certain left out.
class LatticeView {
 public:
  LatticeView(const GroupFamilies& group, const SliceNodes& nodes, const LatticeSetting& setting,
              LatticeRows& rows, MergedStore& merged);

  double step_usd() const { return step_; }
  double reach_usd() const { return step_ * curve_.reach(); }
  double mean_usd() const { return mean_; }
  /// What the mean leaves for amounts beyond the reach, below 0 where masses and mean disagree.
  double excess_at_reach() const;
  /// 0 <= amount. Beyond the reach, as at the reach.
  TailAt at(double amount_usd) const;
  double quantile(double level) const { return step_ * curve_.quantile(level); }

 private:
  LatticeView(std::span<const NodeTerms> nodes, const LatticeSetting& setting);

  double step_, mean_ = 0, square_ = 0;
  LatticeCurve curve_;
};

}  // namespace corridor
