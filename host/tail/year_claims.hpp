// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/lane/group_year.hpp"

namespace corridor {

/// One person's eligible claims of a policy year, whole cents: those that the lane counts above
/// thresholds.
struct YearClaim {
  static constexpr std::uint32_t main_loop = ~0u;

  std::uint32_t member = 0;          ///< index in the group
  std::uint32_t person = main_loop;  ///< index in GroupView::personal of a person with own terms
  Cents claim = 0;                   ///< cut at the cap
  Cents run_in = 0;                  ///< the part of it that years before the policy add
  bool capped = false;

  bool has_own_terms() const { return person != main_loop; }
};

/// Appends claims of `year` above `above` cents (0 or more): the group's members ascending, then
/// persons with own terms in the view's order. Excesses of claims above the view's lowest threshold
/// add up to the lane's sums; below it the lane keeps a rounded total alone. Allocates for `claims`
/// only.
void add_claims_above(const GroupView& group, const Philox& draw, std::uint32_t year, Cents above,
                      std::vector<YearClaim>& claims);

/// One effect's factors on a year's claims.
struct EffectFactors {
  std::uint32_t years_before = 0;
  Purpose purpose = Purpose::group_effect;
  double severity = 1, frequency = 1;
};

/// The effects of the policy's year, then of the years before it that the group's basis reaches
/// into, in the order in which the lane multiplies them.
std::vector<EffectFactors> effect_factors(const GroupView& group, const Philox& draw,
                                          std::uint32_t year);

/// One policy year of one group by the lane's own functions.
struct GroupReplay {
  BasisEffects effects;     ///< of the specific's view; entry 0 alone without a basis
  std::vector<Cents> sums;  ///< [column of the job], as a back end's row of the year
  YearState drawn;          ///< as the terms find it
  YearState state;          ///< after them

  SumsView view() { return {sums.data(), 1}; }
};

/// `row`  bound terms: their attachment is set
GroupReplay replayed(const GroupJob& job, const GridRow& row, const Philox& draw,
                     std::uint32_t year);

/// What a contract makes of one person's claims, cents. Over all persons `excess` adds up to
/// drawn.excess - drawn.laser_band, `covered` to state.layer - drawn.family, and `countable` to
/// drawn.countable and the families' credit.
struct PersonReplay {
  YearClaim claim;
  Cents deductible = 0;  ///< the person's own
  Cents excess = 0;      ///< over it
  Cents covered = 0;     ///< the part of it below the specific limit; the share is the group's
  Cents countable = 0;   ///< claims up to the group's deductible, as the aggregate counts them
};

/// Every person with claims in the year, on the specific's view; `draw` as of replayed().
std::vector<PersonReplay> replayed_persons(const GroupJob& job, const GridRow& row,
                                           const Philox& draw, std::uint32_t year);

/// A family whose members keep more than the family deductible.
struct FamilyReplay {
  std::uint32_t family = 0;  ///< the book's number
  Cents kept = 0;            ///< members' claims below their own deductibles
  Cents deductible = 0;
  Cents covered = 0;  ///< adds up to drawn.family
};

/// `persons`  of replayed_persons
std::vector<FamilyReplay> replayed_families(const GroupView& group, const GridRow& row,
                                            std::span<const PersonReplay> persons);

}  // namespace corridor
