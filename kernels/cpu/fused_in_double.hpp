// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/bits.hpp"

namespace corridor::cpu {

/// A fused multiply-add for processors without one: a call of the mathematics library costs more
/// than all the rest of a draw. The product of two floats is exact in double, so only rounding the
/// sum twice can go wrong, and only where the double lies exactly between two floats.
struct FusedInDouble {
  double sum;

  CORRIDOR_HD FusedInDouble(float a, float b, float c)
      : sum(static_cast<double>(a) * static_cast<double>(b) + static_cast<double>(c)) {}

  /// fused(a, b, c) unless in_doubt().
  CORRIDOR_HD float value() const { return static_cast<float>(sum); }

  /// Whether the sum lies between two floats or is too small to be a normal one.
  CORRIDOR_HD bool in_doubt() const {
    constexpr std::uint64_t below_float = (1ull << 29) - 1;  // bits of a double that a float lacks
    constexpr std::uint64_t smallest_normal = static_cast<std::uint64_t>(1023 - 126) << 52;
    const auto bits = __builtin_bit_cast(std::uint64_t, sum);
    const bool between = (bits & below_float) == 1ull << 28;
    const bool small = (bits << 1) - 1 < (smallest_normal << 1) - 1;
    return between | small;
  }
};

}  // namespace corridor::cpu
