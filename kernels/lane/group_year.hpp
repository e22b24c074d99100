// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/personal.hpp"

namespace corridor {

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

/// fp32 sums that are flushed into double after every flush_every members.
struct FlushedSum {
  double total = 0;
  float partial = 0;

  CORRIDOR_HD void add(float amount) { partial += amount; }
  CORRIDOR_HD void flush() {
    total += static_cast<double>(partial);
    partial = 0;
  }
};

CORRIDOR_HD bool ends_flush(std::uint32_t member) {
  return (member & (flush_every - 1)) == flush_every - 1;
}

/// simulate_year under a contract basis.
template <class Generator>
CORRIDOR_HD StopLossSums simulate_basis_year(const GroupView& group, std::uint32_t year,
                                             const Generator& draw) {
  const BasisEffects effects = basis_effects(group, year, draw);
  const float floor_usd = eligible_floor_usd(group);
  StopLossSums sums;
  FlushedSum total, run_in;
  for (std::uint32_t first = 0; first < group.member_count; first += 4) {
    const Words words = draw(counter_of(Purpose::claim, year, first, group.key));
    for (std::uint32_t i = first; i < first + 4 && i < group.member_count; ++i) {
      const EligibleClaim claim =
          eligible_claim(group, group.members[i], i, words.w[i & 3], year, effects, draw);
      total.add(claim.total_usd);
      run_in.add(claim.run_in_usd);
      if (claim.total_usd > floor_usd) {
        add_listed_claim(group, claim.total_usd, cents_per_eligible_usd, sums);
      }
      if (!ends_flush(i)) continue;
      total.flush();
      run_in.flush();
    }
  }
  total.flush();
  run_in.flush();
  sums.ground_up += to_cents(total.total * cents_per_eligible_usd);
  sums.ground_up = larger(sums.ground_up, sums.excess[0]);
  sums.run_in = to_cents(run_in.total * cents_per_eligible_usd);
  add_personal_claims(group, year, effects, draw, sums);
  return sums;
}

/// The lane: one policy year of one group, members in index order. Every back end gives these bits.
///
/// `draw`   the generator, called with a Counter and returning Words; tests inject their own
/// returns  sums in cents; ground_up >= excess[0] whatever rounding did
template <class Generator>
CORRIDOR_HD StopLossSums simulate_year(const GroupView& group, std::uint32_t year,
                                       const Generator& draw) {
  if (group.basis != nullptr) return simulate_basis_year(group, year, draw);
  const YearEffect effect = year_effect(group, year, draw);
  const double cents_a_dollar = cents_per_usd(effect.severity);
  const float floor_usd = listing_floor_usd(group, effect.severity);
  StopLossSums sums;
  FlushedSum total;
  for (std::uint32_t first = 0; first < group.member_count; first += 4) {
    const Words words = draw(counter_of(Purpose::claim, year, first, group.key));
    for (std::uint32_t i = first; i < first + 4 && i < group.member_count; ++i) {
      const float claim = claim_usd(group, group.members[i], i, words.w[i & 3], year,
                                    effect.inverse_frequency, draw);
      total.add(claim);
      if (claim > floor_usd) add_listed_claim(group, claim, cents_a_dollar, sums);
      if (ends_flush(i)) total.flush();
    }
  }
  total.flush();
  sums.ground_up += to_cents(total.total * cents_a_dollar);
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
    if (has_bands(group)) out.data[(band_column(group) + k) * out.stride + row] = sums.band[k];
    if (has_families(group)) {
      out.data[(family_column(group) + k) * out.stride + row] = sums.family[k];
    }
  }
  if (has_run_in(group)) out.data[run_in_column(group) * out.stride + row] = sums.run_in;
}

}  // namespace corridor
