// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/claim.hpp"

namespace corridor {

/// The effects of the policy's year and of those before it that the basis reaches into; severity
/// holds the years' level of claims too.
struct BasisEffects {
  YearEffect year[basis_years_max];
};

template <class Generator>
CORRIDOR_HD BasisEffects basis_effects(const GroupView& group, std::uint32_t year,
                                       const Generator& draw) {
  BasisEffects effects;
  for (std::uint32_t back = 0; back <= group.basis->prior_years; ++back) {
    effects.year[back] = year_effect(group, year, draw, back);
    effects.year[back].severity *= group.basis->relative_scale[back];
  }
  return effects;
}

/// What a person draws in one year: a survival before thinning, and the month of incurral.
struct PersonYear {
  float survival;
  std::uint32_t month;
};

/// `word` is the member's word of the year's claim call.
template <class Generator>
CORRIDOR_HD PersonYear person_year(const GroupView& group, std::uint32_t index, std::uint32_t word,
                                   std::uint32_t year, std::uint32_t back, const Generator& draw) {
  const MonthTable& months = group.basis->months;
  if (!needs_refining(word)) return {survival_of(word), month_of(months, word % month_slots)};
  const Purpose tail_purpose = claim_purpose(Purpose::claim_tail, back);
  const Purpose month_purpose = claim_purpose(Purpose::claim_month, back);
  const Words tail = draw(counter_of(tail_purpose, year, index, group.key));
  const Words month = draw(counter_of(month_purpose, year, index, group.key));
  return {refined_survival(word, tail.w[index & 3]),
          month_of(months, month.w[index & 3] >> (32 - month_slot_bits))};
}

/// Eligible dollars of one person's year: what the windows take, at the person's scale, with the
/// year's effect. Multiplied from left to right on every back end.
CORRIDOR_HD float eligible_usd(const GroupView& group, const Member& member,
                               const PersonYear& person, const YearEffect& effect,
                               std::uint32_t back) {
  const float survival =
      thinned_survival(person.survival, member.inverse_exposure, effect.inverse_frequency);
  const float claim = quantile(group.tables + member.table * bucket_count, survival);
  return member.scale * effect.severity * claim *
         paid_share(group.basis->shares[back], person.month, claim);
}

struct EligibleClaim {
  float total_usd;   ///< of all years
  float run_in_usd;  ///< of the years before the policy, at most the person's limit
};

/// One person's eligible claims of a policy year. A year before repeats the survival of the year
/// after it as often as `persistence` says; its month is its own.
template <class Generator>
CORRIDOR_HD EligibleClaim eligible_claim(const GroupView& group, const Member& member,
                                         std::uint32_t index, std::uint32_t word,
                                         std::uint32_t year, const BasisEffects& effects,
                                         const Generator& draw) {
  const Basis& basis = *group.basis;
  PersonYear person = person_year(group, index, word, year, 0, draw);
  const float own = eligible_usd(group, member, person, effects.year[0], 0);
  float run_in = 0;
  for (std::uint32_t back = 1; back <= basis.prior_years; ++back) {
    const Purpose purpose = claim_purpose(Purpose::claim, back);
    const Words words = draw(counter_of(purpose, year, index, group.key));
    PersonYear before = person_year(group, index, words.w[index & 3], year, back, draw);
    before.survival = basis.persistence.survival(before.survival, person.survival);
    person = before;
    run_in += eligible_usd(group, member, person, effects.year[back], back);
  }
  run_in = run_in < basis.run_in_limit_usd ? run_in : basis.run_in_limit_usd;
  return {own + run_in, run_in};
}

/// Claims of a basis carry the year's effect already: a dollar is 100 cents.
inline constexpr double cents_per_eligible_usd = 100.0;

/// listing_floor_usd for eligible dollars.
CORRIDOR_HD float eligible_floor_usd(const GroupView& group) {
  return listing_floor_usd(group, 1.0f);
}

}  // namespace corridor
