// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "host/exact/joint/joint_lattice.hpp"
#include "host/exact/joint/joint_total.hpp"

namespace corridor {

/// Counted totals above this level are as good as impossible.
inline constexpr double counted_level = 1 - 1e-9;

/// A group under both covers: what stays the same for every aggregate and every look.
struct JointGroup {
  std::vector<JointSlice> slices;
  SliceNodes main, between;
  double paid_certain = 0, counted_certain = 0;
  double retained = 0;      ///< of what is paid beyond what is certain
  double certain_left = 0;  ///< of what is certain, after the retention
  double counted_reach = 0, counted_cap = 0;
  std::unique_ptr<TotalLaw> paid, counted;

  /// Laws of its own serve `aggregates`; there are none where the parts of a person overlap.
  JointGroup(const YearModel& model, const JointCover& cover,
             std::span<const CountedCover> aggregates, JointTables tables);

  bool apart() const;
  TailAt specific() const { return paid->at(paid_certain + retained); }
  JointGrid grid(double reach_usd, std::size_t paid_points) const;
  std::size_t counted_points_for(double paid_points) const;
  std::size_t retained_steps(const JointGrid& grid) const;
};

}  // namespace corridor
