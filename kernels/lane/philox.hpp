// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/hd.hpp"

namespace corridor {

inline constexpr int philox_rounds = 10;
inline constexpr std::uint32_t philox_multiplier_x = 0xD2511F53u;
inline constexpr std::uint32_t philox_multiplier_z = 0xCD9E8D57u;
inline constexpr std::uint32_t philox_weyl_low = 0x9E3779B9u;
inline constexpr std::uint32_t philox_weyl_high = 0xBB67AE85u;

/// What a draw is a function of, beside the key. counter.hpp gives the words their meaning.
struct Counter {
  std::uint32_t x, y, z, w;
};

/// Four independent 32-bit words.
struct Words {
  std::uint32_t w[4];
};

/// The keys of the ten rounds, made once per run from the 64-bit seed.
struct RoundKeys {
  std::uint32_t low[philox_rounds], high[philox_rounds];
};

CORRIDOR_HD RoundKeys round_keys(std::uint64_t seed) {
  RoundKeys keys{};
  auto low = static_cast<std::uint32_t>(seed), high = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < philox_rounds; ++round) {
    keys.low[round] = low;
    keys.high[round] = high;
    low += philox_weyl_low;
    high += philox_weyl_high;
  }
  return keys;
}

/// Philox4x32-10, the stream of cuRAND's curand_Philox4x32_10 and of Random123.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
CORRIDOR_HD Words philox(Counter c, const RoundKeys& keys) {
#if defined(__CUDACC__)
#pragma unroll
#endif
  for (int round = 0; round < philox_rounds; ++round) {
    const std::uint64_t px = static_cast<std::uint64_t>(philox_multiplier_x) * c.x;
    const std::uint64_t pz = static_cast<std::uint64_t>(philox_multiplier_z) * c.z;
    c = Counter{static_cast<std::uint32_t>(pz >> 32) ^ c.y ^ keys.low[round],
                static_cast<std::uint32_t>(pz),
                static_cast<std::uint32_t>(px >> 32) ^ c.w ^ keys.high[round],
                static_cast<std::uint32_t>(px)};
  }
  return Words{{c.x, c.y, c.z, c.w}};
}

/// The generator a lane is given; tests pass their own type with the same call operator.
struct Philox {
  RoundKeys keys;
  CORRIDOR_HD Words operator()(Counter counter) const { return philox(counter, keys); }
};

}  // namespace corridor
