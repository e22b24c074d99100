// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/claim.hpp"

namespace corridor {

/// Stop-loss sums of one group-year, in cents.
struct StopLossSums {
  Cents ground_up = 0;
  Cents excess[thresholds_max] = {};  ///< of everybody over each threshold
  Cents band[thresholds_max] = {};    ///< the part below a person's own threshold
};

/// A listed claim in whole cents, cut at the cap; what is cut leaves the ground-up sum too.
CORRIDOR_HD void add_listed_claim(const GroupView& group, float claim, double cents_a_dollar,
                                  StopLossSums& sums) {
  const Cents cents = to_cents(static_cast<double>(claim) * cents_a_dollar);
  const Cents capped = smaller(cents, group.maximum);
  sums.ground_up -= cents - capped;
  for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
    sums.excess[k] += excess_over(capped, group.thresholds[k]);
  }
}

/// The persons with own terms: each is one claim in cents, above the group's and above own thresholds.
template <class Generator>
CORRIDOR_HD void add_personal_claims(const GroupView& group, std::uint32_t year,
                                     const YearEffect& effect, const Generator& draw,
                                     StopLossSums& sums) {
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    const PersonalMember& person = group.personal[p];
    const Words words = draw(counter_of(Purpose::claim, year, person.member, group.key));
    const float claim = claim_usd(group, person.terms, person.member, words.w[person.member & 3],
                                  year, effect.inverse_frequency, draw);
    const Cents cents = smaller(
        to_cents(static_cast<double>(claim) * cents_per_usd(effect.severity)), person.maximum);
    const Cents* own = group.personal_thresholds + p * group.threshold_count;
    sums.ground_up += cents;
    for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
      const Cents excess = excess_over(cents, group.thresholds[k]);
      sums.excess[k] += excess;
      sums.band[k] += excess - excess_over(cents, own[k]);
    }
  }
}

/// The lane: one policy year of one group, members in index order. Every back end gives these bits.
///
/// `draw`   the generator, called with a Counter and returning Words; tests inject their own
/// returns  sums in cents; ground_up >= excess[0] whatever rounding did
template <class Generator>
CORRIDOR_HD StopLossSums simulate_year(const GroupView& group, std::uint32_t year,
                                       const Generator& draw) {
  const YearEffect effect = year_effect(group, year, draw);
  const double cents_a_dollar = cents_per_usd(effect.severity);
  const float floor_usd = listing_floor_usd(group, effect.severity);
  StopLossSums sums;
  double total_usd = 0;
  float partial_usd = 0;
  for (std::uint32_t first = 0; first < group.member_count; first += 4) {
    const Words words = draw(counter_of(Purpose::claim, year, first, group.key));
    for (std::uint32_t i = first; i < first + 4 && i < group.member_count; ++i) {
      const float claim = claim_usd(group, group.members[i], i, words.w[i & 3], year,
                                    effect.inverse_frequency, draw);
      partial_usd += claim;
      if (claim > floor_usd) add_listed_claim(group, claim, cents_a_dollar, sums);
      if ((i & (flush_every - 1)) == flush_every - 1) {
        total_usd += static_cast<double>(partial_usd);
        partial_usd = 0;
      }
    }
  }
  total_usd += static_cast<double>(partial_usd);
  sums.ground_up += to_cents(total_usd * cents_a_dollar);
  sums.ground_up = larger(sums.ground_up, sums.excess[0]);
  add_personal_claims(group, year, effect, draw, sums);
  return sums;
}

/// Writes one year's sums into the columns of `out` at row `row`.
CORRIDOR_HD void store(const GroupView& group, const StopLossSums& sums, SumsView out,
                       std::uint64_t row) {
  out.data[row] = sums.ground_up;
  for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
    out.data[(1 + k) * out.stride + row] = sums.excess[k];
    if (group.personal_count > 0) {
      out.data[(1 + group.threshold_count + k) * out.stride + row] = sums.band[k];
    }
  }
}

}  // namespace corridor
