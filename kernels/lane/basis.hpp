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

/// Month of incurral by slot, as Walker's alias table: slot i month_cells + c is the i-th of cell
/// c. The first `cut` of a cell are in the month of the cell's number, the others in its other
/// month. Cells of no month have a cut of 0.
struct MonthTable {
  std::uint32_t cut[month_cells];
  std::uint32_t other[month_cells];  ///< 0 to 11
};

CORRIDOR_HD std::uint32_t month_of(const MonthTable& table, std::uint32_t slot) {
  const std::uint32_t cell = slot % month_cells, within = slot / month_cells;
  return within < table.cut[cell] ? cell : table.other[cell];
}

/// A whole number e with month_of(slot) = min(slot, e) mod month_cells for every slot of the cell.
CORRIDOR_HD std::int32_t month_bound(const MonthTable& table, std::uint32_t cell) {
  const std::uint32_t other = table.other[cell];
  const auto bound = static_cast<std::int32_t>(table.cut[cell] * month_cells + other);
  return other > cell ? bound - static_cast<std::int32_t>(month_cells) : bound;
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

/// Height of the parabola with the least largest error of log2, in units of 2^-23, in which all
/// that follows from it is a whole number.
inline constexpr std::uint32_t parabola_units = 2'894'070;
inline constexpr float octave_parabola = static_cast<float>(parabola_units) * 0x1p-23f;  // 0.345

/// What the parabola, parabola_units (m - 1) (2 - m) of a mantissa m, has at m = 0 is taken off the
/// straight line already, whose bits at small_claim_usd are those of 1.
inline constexpr std::uint32_t octave_line_bits = 0x3F800000u + 2 * parabola_units;

/// large_weight in units of 2^-24, before it is held between 0 and 2^24.
CORRIDOR_HD float unbounded_weight(float claim) {
  constexpr auto height = static_cast<float>(parabola_units);
  const std::uint32_t bits = bits_of(claim * small_claims_per_usd);
  const auto line = static_cast<float>(static_cast<std::int32_t>(bits - octave_line_bits));
  const float mantissa = float_from_bits((bits & 0x007FFFFFu) | 0x3F800000u);
  return fused(mantissa, fused(mantissa, -height, 3 * height), line);
}

/// 0 up to small_claim_usd, 1 from large_claim_usd on, log2(claim / small) / 2 between, within
/// 0.004: an octave's logarithm is its straight line and one parabola. `claim` is the law's own,
/// before the person's scale and the year's effects.
CORRIDOR_HD float large_weight(float claim) {
  const float weight = unbounded_weight(claim) * 0x1p-24f;
  const float floored = weight < 0.0f ? 0.0f : weight;
  return floored > 1.0f ? 1.0f : floored;
}

/// Share of a claim that is eligible. `claim` as above.
CORRIDOR_HD float paid_share(const PaidShares& shares, std::uint32_t month, float claim) {
  return fused(large_weight(claim), shares.large_less_small[month], shares.small[month]);
}

/// How often a person's survival is that of the year after. A year's own draw says so, and what is
/// left of it is a new survival: draws in the top `chance` of (0, 1) repeat, the others are
/// stretched over (0, 1), so every year's survival stays uniform.
struct Persistence {
  Persistence() = default;
  CORRIDOR_HD Persistence(std::uint32_t chance_in_65536) : chance(chance_in_65536) {
    if (chance >= sides) {
      new_below = 0;
      return;
    }
    new_below = static_cast<float>(sides - chance) / static_cast<float>(sides);
    stretch = 1.0f / new_below;
    const bool rounded_up = static_cast<double>(stretch) * static_cast<double>(new_below) > 1.0;
    if (rounded_up) stretch = float_from_bits(bits_of(stretch) - 1);
  }

  /// Survival of a year whose own draw is `drawn`, before the year whose survival is `later`.
  CORRIDOR_HD float survival(float drawn, float later) const {
    return drawn > new_below ? later : drawn * stretch;
  }

  static constexpr std::uint32_t sides = 65536;
  std::uint32_t chance = 0;  ///< in `sides`
  float new_below = 1;       ///< exact
  float stretch = 1;         ///< 1 / new_below towards 0, so that nothing is stretched to 1
};

/// A contract basis: which part of whose claims the contract's windows take. Year 0 is the policy's
/// own; year j begins 12 j months before it.
struct Basis {
  MonthTable months{};
  PaidShares shares[basis_years_max]{};               ///< [year]
  float relative_scale[basis_years_max]{1, 1, 1, 1};  ///< [year] claims' level against year 0
  std::uint32_t prior_years = 0;                      ///< 0 to 3
  Persistence persistence;
  float run_in_limit_usd =
      float_from_bits(0x7F800000u);  ///< most that a person's prior years count
};

}  // namespace corridor
