// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/bits.hpp"

namespace corridor {

/// The smallest survival probability a claim is drawn at: the tables end here.
inline constexpr float survival_floor = 0x1p-40f;

/// Words below this give S < 2^-14, where 23 bits are too coarse a lattice for a tail.
inline constexpr std::uint32_t refine_below = 1u << 18;

/// Survival probability from the top 23 bits of a word: exactly (2k + 1) / 2^24, never 0 or 1.
/// Made by placing the bits in a float in [1, 2), so no integer is converted.
CORRIDOR_HD float survival_of(std::uint32_t word) {
  return float_from_bits(0x3F800000u | word >> 9) - (1.0f - 0x1p-24f);
}

CORRIDOR_HD bool needs_refining(std::uint32_t word) { return word < refine_below; }

/// Survival of a tail claim from its 32 bits followed by 32 more, cut to 24 bits of precision and
/// made odd so that it is never 0; below 2^-40 it is 2^-40.
CORRIDOR_HD float refined_survival(std::uint32_t word, std::uint32_t more) {
  std::uint64_t bits = static_cast<std::uint64_t>(word) << 32 | more;
  std::uint32_t exponent = 127 - 64;
  while (bits >= (1ull << 24)) {
    bits >>= 1;
    ++exponent;
  }
  const float lattice = static_cast<float>(static_cast<std::uint32_t>(bits) | 1u);  // exact
  const float survival = lattice * float_from_bits(exponent << 23);                 // exact
  return survival < survival_floor ? survival_floor : survival;
}

/// Survival of a member whose exposure and whose year's claim frequency differ from 1:
/// P(X > x) = exposure * frequency * P0(X > x). Both inverses are fp32, rounded on the host;
/// multiplying by exactly 1 changes no bit, so a kernel may leave the neutral ones out.
CORRIDOR_HD float thinned_survival(float survival, float inverse_exposure,
                                   float inverse_frequency) {
  const float thinned = survival * inverse_exposure * inverse_frequency;
  const float floored = thinned < survival_floor ? survival_floor : thinned;
  return floored > 1.0f ? 1.0f : floored;
}

}  // namespace corridor
