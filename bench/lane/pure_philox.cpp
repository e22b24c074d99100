// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "bench/lane/pure_philox.hpp"

namespace corridor::bench {

std::uint32_t pure_philox_scalar(std::uint32_t calls, std::uint32_t blocks, const RoundKeys& keys) {
  std::uint32_t folded = 0;
  for (std::uint32_t year = 0; year < blocks * philox_block_years; ++year) {
    for (std::uint32_t call = 0; call < calls; ++call) {
      const Words words = philox({year, call, 1, 2}, keys);
      folded ^= words.w[0] ^ words.w[1] ^ words.w[2] ^ words.w[3];
    }
  }
  return folded;
}

}  // namespace corridor::bench
