// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "host/exact/capped/effect_nodes.hpp"
#include "host/exact/lattice/lattice_row.hpp"
#include "host/exact/lattice/paid_function.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// A person as the aggregate counts it and as the specific pays it. The specific pays only where
/// the counted claims have reached their highest, or the two parts would not come apart.
struct JointPerson {
  std::vector<LawPart> mixture;
  double scale = 1, count = 1;
  PaidFunction counted, paid;  ///< dollars

  bool apart() const;
};

struct JointSlice {
  YearSlice years;  ///< without persons
  std::vector<JointPerson> persons;
};

/// Amounts of both axes at points of a lattice. What is counted reaches up to 13/16 of its points;
/// the rest is for payouts to fall back to nothing.
struct JointGrid {
  double counted_step_usd = 1, paid_step_usd = 1;
  LatticeShape counted, paid;

  static constexpr double counted_share = 13.0 / 16;
  double counted_end() const { return 14.0 / 16 * static_cast<double>(counted.points); }
  double counted_nothing() const { return 31.0 / 32 * static_cast<double>(counted.points); }
};

/// Transforms of the persons in years of one severity: a person's is
/// low(z) + top(z) * high(w), low that of counted claims where nothing is paid.
struct JointTransforms {
  struct Person {
    std::vector<double> low_re, low_im;  ///< [z], both signs: as a complex transform has them
    std::vector<double> top_re, top_im;  ///< [z]
    Spectrum high;                       ///< [w]
    double chance = 0, mean_steps = 0, count = 1;
  };
  std::vector<Person> persons;
  double nothing = 0;  ///< chance that nothing is counted of anybody
};

JointTransforms joint_transforms(const JointSlice& slice, double log_severity,
                                 const JointGrid& grid, RealTransform& of_counted,
                                 RealTransform& of_paid);

}  // namespace corridor
