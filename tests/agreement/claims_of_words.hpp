// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/basis_block.hpp"
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

/// A chunk's eligible dollars of words that the test chooses.
struct BasisChunkOfWords {
  const cpu::BasisMembers& members;
  cpu::Chunk& chunk;       ///< words in, bits of dollars out
  cpu::PriorWords& prior;  ///< words in, bits of run-in dollars out
  std::uint64_t* left;     ///< [member] years that are left to the lane's own function
};

void eligible_scalar(const BasisChunkOfWords& words);
void eligible_avx2(const BasisChunkOfWords& words);
void eligible_avx512(const BasisChunkOfWords& words);

template <class Isa, bool thinned, std::uint32_t prior>
void eligible_of_members(const BasisChunkOfWords& words, const typename Isa::Shares& shares) {
  cpu::RareLanes rare;
  Isa::template eligible<thinned, prior>(words.members, shares, words.chunk, words.prior, rare);
  for (std::uint32_t m = 0; m < words.members.count; ++m) words.left[m] = 0;
  rare.visit([&](std::uint32_t m, std::uint32_t year) { words.left[m] |= 1ull << year; });
}

/// What each of them does, with the loops of `Isa`.
template <class Isa, std::uint32_t prior = 0>
void eligible_of_words(const BasisChunkOfWords& words) {
  const GroupView& group = words.members.group;
  if constexpr (prior < cpu::prior_years_max) {
    if (group.basis->prior_years > prior) return eligible_of_words<Isa, prior + 1>(words);
  }
  typename Isa::Shares shares;
  shares.prepare(*group.basis);
  if (group.thinned) {
    eligible_of_members<Isa, true, prior>(words, shares);
  } else {
    eligible_of_members<Isa, false, prior>(words, shares);
  }
}

}  // namespace corridor
