// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tests/lane/made_up.hpp"

namespace corridor {

/// Words at both ends, where refining begins, and on both sides of every bucket of the table.
inline std::vector<std::uint32_t> edge_words() {
  std::vector<std::uint32_t> words{0, 1, 511, 512, refine_below - 1, refine_below, ~0u, ~0u - 511};
  for (int b = sloped_bucket_count - 14 * buckets_per_octave; b < sloped_bucket_count; ++b) {
    const auto word = static_cast<std::uint32_t>(made_up::edge(b) * 0x1p32);
    words.insert(words.end(), {word - 512, word - 1, word, word + 511});
  }
  return words;
}

}  // namespace corridor
