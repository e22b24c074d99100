// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/eligible.hpp"

namespace corridor {

/// Stop-loss sums of one group-year, in cents.
struct StopLossSums {
  Cents ground_up = 0;
  Cents excess[thresholds_max] = {};  ///< of everybody over each threshold
  Cents band[thresholds_max] = {};    ///< the part below a person's own threshold
  Cents family[thresholds_max] = {};  ///< what families keep above the family deductible
  Cents run_in = 0;                   ///< claims of the years before the policy
};

/// A person's eligible claims of a year, in cents and cut at the cap.
struct PersonalClaim {
  Cents total, run_in;
};

template <class Generator>
CORRIDOR_HD PersonalClaim personal_claim(const GroupView& group, const PersonalMember& person,
                                         std::uint32_t word, std::uint32_t year,
                                         const YearEffect& effect, const Generator& draw) {
  const float claim =
      claim_usd(group, person.terms, person.member, word, year, effect.inverse_frequency, draw);
  const Cents cents = to_cents(static_cast<double>(claim) * cents_per_usd(effect.severity));
  return {smaller(cents, person.maximum), 0};
}

CORRIDOR_HD Cents run_in_limit(const Basis& basis) {
  const double cents = static_cast<double>(basis.run_in_limit_usd) * cents_per_eligible_usd;
  return cents < cents_max ? to_cents(cents) : unlimited;
}

template <class Generator>
CORRIDOR_HD PersonalClaim personal_claim(const GroupView& group, const PersonalMember& person,
                                         std::uint32_t word, std::uint32_t year,
                                         const BasisEffects& effects, const Generator& draw) {
  const EligibleClaim claim =
      eligible_claim(group, person.terms, person.member, word, year, effects, draw);
  const Cents drawn = to_cents(static_cast<double>(claim.run_in_usd) * cents_per_eligible_usd);
  const Cents total = to_cents(static_cast<double>(claim.total_usd) * cents_per_eligible_usd);
  Cents run_in = drawn;
  if (person.known_run_in >= 0 && has_run_in(group)) {
    run_in = smaller(person.known_run_in, run_in_limit(*group.basis));
  }
  const Cents capped = smaller(total - drawn + run_in, person.maximum);
  return {capped, smaller(run_in, capped)};
}

/// Adds what the family that ends with person `last` keeps over the family deductible.
CORRIDOR_HD void end_family(const GroupView& group, Cents (&kept)[thresholds_max],
                            StopLossSums& sums) {
  for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
    const Cents deductible = larger(group.family_deductible, group.thresholds[k]);
    sums.family[k] += excess_over(kept[k], deductible);
    kept[k] = 0;
  }
}

CORRIDOR_HD bool ends_family(const GroupView& group, std::uint32_t person) {
  const std::uint32_t family = group.personal[person].family;
  return family != 0 &&
         (person + 1 == group.personal_count || group.personal[person + 1].family != family);
}

/// The persons with own terms: each is one claim in cents, above the group's and above own
/// thresholds. `effects` is a YearEffect, or the BasisEffects of a group with a basis.
template <class Effects, class Generator>
CORRIDOR_HD void add_personal_claims(const GroupView& group, std::uint32_t year,
                                     const Effects& effects, const Generator& draw,
                                     StopLossSums& sums) {
  const bool families = has_families(group);
  Cents kept[thresholds_max] = {};  ///< of the family at hand, below each threshold
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    const PersonalMember& person = group.personal[p];
    const Words words = draw(counter_of(Purpose::claim, year, person.member, group.key));
    const PersonalClaim claim =
        personal_claim(group, person, words.w[person.member & 3], year, effects, draw);
    const Cents* own = group.personal_thresholds + p * group.threshold_count;
    sums.ground_up += claim.total;
    sums.run_in += claim.run_in;
    for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
      const Cents excess = excess_over(claim.total, group.thresholds[k]);
      sums.excess[k] += excess;
      sums.band[k] += excess - excess_over(claim.total, own[k]);
    }
    if (!families || person.family == 0) continue;
    for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
      kept[k] += smaller(claim.total, own[k]);
    }
    if (ends_family(group, p)) end_family(group, kept, sums);
  }
}

}  // namespace corridor
