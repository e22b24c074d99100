// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/effect.hpp"

namespace corridor {

/// Sums of claims are flushed from fp32 to double after members 31, 63, ... of the group on every
/// back end: half a million members lose $837k in fp32 alone.
inline constexpr std::uint32_t flush_every = 32;

/// One person's annual claims before the year's effect on severity, in dollars.
template <class Generator>
CORRIDOR_HD float claim_usd(const GroupView& group, const Member& member, std::uint32_t index,
                            std::uint32_t word, std::uint32_t year, float inverse_frequency,
                            const Generator& draw) {
  float survival = survival_of(word);
  if (needs_refining(word)) {
    const Words tail = draw(counter_of(Purpose::claim_tail, year, index, group.key));
    survival = refined_survival(word, tail.w[index & 3]);
  }
  survival = thinned_survival(survival, member.inverse_exposure, inverse_frequency);
  return quantile(group.tables + member.table * bucket_count, survival) * member.scale;
}

/// Cents in a dollar of this year's claims: the effect and the unit in one factor.
CORRIDOR_HD double cents_per_usd(float severity) { return 100.0 * static_cast<double>(severity); }

/// Claims at or below this cannot reach a threshold or the cap, whatever rounding does; those above
/// are listed, and exact integer arithmetic decides. Dollars before the year's effect.
CORRIDOR_HD float listing_floor_usd(const GroupView& group, float severity) {
  const Cents lowest = smaller(group.thresholds[0], group.maximum);
  return static_cast<float>(static_cast<double>(lowest) / 100.0) / severity * (1.0f - 0x1p-20f);
}

}  // namespace corridor
