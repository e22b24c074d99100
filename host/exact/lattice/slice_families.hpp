// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "host/exact/capped/effect_nodes.hpp"
#include "host/exact/lattice/group_families.hpp"

namespace corridor {

using Families = std::vector<const Family*>;

/// Of a grid of rows where they hold all of U, in logarithms of the scale.
inline constexpr double whole_grid_step = 0.05;

/// A slice's families under the severities of its nodes: what decides how their persons enter the
/// nodes' terms. Borrows all that it is made of.
class SliceFamilies {
 public:
  /// Logarithms of scales times severities.
  struct Reach {
    double low = 0, high = 0;
  };

  SliceFamilies(const GroupFamilies& group, const FamilySlice& slice,
                std::span<const EffectNode> effects)
      : group_(group), slice_(slice), effects_(effects) {}

  Reach reach_of(const Families& families) const;
  /// Whether fewer rows are needed by each person and node having its own than by sharing.
  bool own_rows_are_fewer(const Families& families) const;
  /// Whether the first term of everybody's logarithm is to come from one merged law.
  bool merging_pays(const Families& families) const;
  /// Between rows of what is left of logarithms without their first terms; `smooth` where claims
  /// change little within cells.
  double rest_grid_step(const Families& families, bool smooth) const;
  /// d log E paid / d log severity at a family's middle size; of a law with a power tail its index.
  double growth(const Family& family, double log_severity) const;
  /// Whether sums of rows of logarithms tell a family.
  bool logarithms_allowed(const Family& family) const;
  /// Persons of one law with various weights: those whose log(1 + w U) rows of log(1 + U) and of
  /// the powers of U below `degree` tell, and those whom nothing but factors tell.
  struct ByPowers {
    std::vector<Family> few, large;
    int degree = 2;
  };
  ByPowers by_powers(const Families& families) const;
  /// Than every person as a factor.
  bool powers_are_cheaper(const ByPowers& parts, double grid_step) const;

 private:
  struct Expected {
    double persons = 0, paid = 0, rest = 0;
  };
  Expected expected(const Families& families) const;
  double chance(const Family& family, double log_scale, double score) const;
  double effects_width() const {
    return effects_.back().log_severity - effects_.front().log_severity;
  }

  const GroupFamilies& group_;
  const FamilySlice& slice_;
  std::span<const EffectNode> effects_;
};

}  // namespace corridor
