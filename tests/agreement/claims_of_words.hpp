// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/block_lane.hpp"

namespace corridor {

/// A chunk's claims, their sums and their list, of words that the test chooses.
struct ChunkOfWords {
  const GroupView& group;
  const cpu::LaneTables& tables;
  const cpu::BlockEffects& effects;
  cpu::Chunk& chunk;  ///< words in, bits of claims out
  double* total_usd;  ///< [block_years]
};

void claims_scalar(const ChunkOfWords& words, std::uint64_t seed);
void claims_avx2(const ChunkOfWords& words, std::uint64_t seed);
void claims_avx512(const ChunkOfWords& words, std::uint64_t seed);

/// What each of them does, with the loops of `Isa`.
template <class Isa>
void claims_of_words(const ChunkOfWords& words, std::uint64_t seed) {
  const Philox draw{round_keys(seed)};
  const cpu::ChunkMembers members{
      words.group, words.tables, words.tables.heads, draw, 0, 0, words.group.member_count};
  if (words.group.thinned) {
    Isa::template claims<true>(members, words.effects, words.chunk, words.total_usd);
  } else {
    Isa::template claims<false>(members, words.effects, words.chunk, words.total_usd);
  }
}

}  // namespace corridor
