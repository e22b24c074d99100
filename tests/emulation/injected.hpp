// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/philox.hpp"
#include "kernels/lane/survival.hpp"

namespace corridor {

/// Philox with chosen words, on either processor: most come from a list of edges, or all are zero.
struct Injected {
  RoundKeys keys{};
  bool zero = false;

  CORRIDOR_HD Words operator()(Counter counter) const {
    constexpr std::uint32_t edge_count = 18;
    const std::uint32_t edges[edge_count] = {0,
                                             1,
                                             2,
                                             256,
                                             511,
                                             512,
                                             1023,
                                             refine_below - 1,
                                             refine_below,
                                             513,
                                             514,
                                             1024,
                                             0x0FFFFFFF,
                                             0x10000000,
                                             0x7FFFFFFF,
                                             0x80000000,
                                             0xFFFFFE00,
                                             0xFFFFFFFF};
    if (zero) return Words{{0, 0, 0, 0}};
    Words words = philox(counter, keys);
    for (int i = 0; i < 4; ++i) {
      if (words.w[i] % 4 != 0) words.w[i] = edges[words.w[i] / 4 % edge_count];
    }
    return words;
  }
};

}  // namespace corridor
