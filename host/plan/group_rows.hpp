// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/plan/grid.hpp"
#include "kernels/lane/grid.hpp"

namespace corridor {

/// A threshold of the lane and what it stands for, so that a lasered person's own one can follow.
struct Threshold {
  Cents amount = unlimited;
  Cents deductible = unlimited;  ///< of the row it belongs to
  bool is_limit = false;         ///< of the specific limit above that deductible

  auto operator<=>(const Threshold&) const = default;
};

/// The rows of one pass over a group's draws, with the thresholds they need.
struct GroupPass {
  std::vector<Threshold> thresholds;  ///< ascending, at most thresholds_max
  std::vector<GridRow> rows;          ///< attachments unset
};

/// Splits a group's deductibles into as few passes as its thresholds need, ascending. Persons with
/// own terms (`personal`) keep a limit and a deductible of one amount apart, since theirs differ.
std::vector<GroupPass> group_passes(const Terms& terms, const std::vector<Cents>& deductibles,
                                    bool personal);

/// The threshold of a person whose own deductible is `own_deductible` where that is higher.
Cents own_threshold(const Threshold& threshold, Cents own_deductible, const Terms& terms);

}  // namespace corridor
