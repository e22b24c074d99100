// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/bits.hpp"

namespace corridor {

/// The 9 bits of a claim's word that its survival leaves over: which month it was incurred in.
inline constexpr int month_slot_bits = 9;
inline constexpr std::uint32_t month_slots = 1u << month_slot_bits;  // 512
inline constexpr std::uint32_t month_cells = 16;
inline constexpr std::uint32_t slots_per_cell = month_slots / month_cells;  // 32

/// Years that a contract may reach into: the policy's own and three before.
inline constexpr std::uint32_t basis_years_max = 4;

/// Month of incurral by slot, as Walker's alias table, so that a look-up is two small ones: slots
/// of a cell below `cut` are in the cell's first month, the others in its other month.
struct MonthTable {
  std::uint32_t cut[month_cells];
  std::uint32_t first[month_cells];  ///< 0 to 11
  std::uint32_t other[month_cells];
};

CORRIDOR_HD std::uint32_t month_of(const MonthTable& table, std::uint32_t slot) {
  const std::uint32_t cell = slot / slots_per_cell, within = slot % slots_per_cell;
  return within < table.cut[cell] ? table.first[cell] : table.other[cell];
}

/// Share of a claim that a contract's windows take, by month of incurral, for claims of two sizes.
/// Large claims are paid later; between the two sizes the share moves with the claim's logarithm.
struct PaidShares {
  float small[month_cells];             ///< [month], claims up to small_claim_usd
  float large_less_small[month_cells];  ///< [month], what claims of large_claim_usd and more add
};

inline constexpr float small_claim_usd = 25'000.0f;
inline constexpr float large_claim_usd = 100'000.0f;
inline constexpr float small_claims_per_usd = 1.0f / small_claim_usd;

inline constexpr float octave_parabola = 0.345f;  ///< least largest error of log2

/// 0 up to small_claim_usd, 1 from large_claim_usd on, log2(claim / small) / 2 between, within 0.004:
/// an octave's logarithm is its straight line and one parabola. `claim` is the law's own, before the
/// person's scale and the year's effects.
CORRIDOR_HD float large_weight(float claim) {
  const std::uint32_t bits = bits_of(claim * small_claims_per_usd);
  const float whole = static_cast<float>(static_cast<std::int32_t>(bits - 0x3F800000u)) * 0x1p-23f;
  const float part = float_from_bits((bits & 0x007FFFFFu) | 0x3F800000u) - 1.0f;
  const float octaves = fused(octave_parabola, part * (1.0f - part), whole);
  const float weight = octaves * 0.5f;
  const float floored = weight < 0.0f ? 0.0f : weight;
  return floored > 1.0f ? 1.0f : floored;
}

/// Share of a claim that is eligible. `claim` as above.
CORRIDOR_HD float paid_share(const PaidShares& shares, std::uint32_t month, float claim) {
  return fused(large_weight(claim), shares.large_less_small[month], shares.small[month]);
}

/// A contract basis: which part of whose claims the contract's windows take. Year 0 is the policy's
/// own; year j begins 12 j months before it.
struct Basis {
  MonthTable months{};
  PaidShares shares[basis_years_max]{};               ///< [year]
  float relative_scale[basis_years_max]{1, 1, 1, 1};  ///< [year] claims' level against year 0
  std::uint32_t prior_years = 0;                      ///< 0 to 3
  std::uint32_t persistence =
      0;  ///< chance in 65536 that a person's survival is that of the year after
  float run_in_limit_usd =
      float_from_bits(0x7F800000u);  ///< most that a person's prior years count
};

}  // namespace corridor
