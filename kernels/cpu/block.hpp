// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/instruction_set.hpp"
#include "kernels/cpu/table_head.hpp"

namespace corridor::cpu {

/// Years that are simulated side by side, and members between two flushes of their sum.
inline constexpr std::uint32_t block_years = 64;
inline constexpr std::uint32_t chunk_members = flush_every;
inline constexpr std::uint32_t chunk_draws = chunk_members * block_years;

/// Compress-stores write whole vectors.
inline constexpr std::uint32_t list_slack = 16;

/// What a year does to every claim, [year of the block].
struct alignas(64) BlockEffects {
  double cents_per_usd[block_years];
  float severity[block_years];
  float inverse_frequency[block_years];
  float floor_usd[block_years];
};

/// A chunk of members on its way from words to claims.
struct alignas(64) Chunk {
  std::uint32_t rows[chunk_members][block_years];  ///< [member][year]: words, then bits of claims
  std::uint32_t listed[chunk_draws + list_slack];  ///< member * block_years + year, claims to list
  std::uint32_t listed_count;
};

/// The members of a chunk and what their claims need.
struct ChunkMembers {
  const GroupView& group;
  const LaneTables& tables;
  const TableHead* heads;  ///< of the group's table 0
  const Philox& philox;
  std::uint32_t first_year, first, count;
};

/// A claim whose survival lies outside what a driver's vectors look up, by the lane's own function.
CORRIDOR_HD float rare_claim(const ChunkMembers& members, std::uint32_t row, std::uint32_t year,
                             std::uint32_t word, float inverse_frequency) {
  const std::uint32_t index = members.first + row;
  return claim_usd(members.group, members.group.members[index], index, word,
                   members.first_year + year, inverse_frequency, members.philox);
}

/// Whether a call is for further bits of a claim, which few persons need: 1 and 2 of every three
/// purposes up to the third year before the policy's.
CORRIDOR_HD bool is_rare(Counter counter) {
  constexpr std::uint32_t rare_purposes = 0b110110110110;
  return (rare_purposes >> (counter.y >> 24) & 1) != 0;
}

/// A generator that hands out calls drawn beforehand, in the order drawn; further bits it
/// draws itself.
struct DrawnCalls {
  const std::uint32_t (*rows)[block_years];  ///< [4 * call + word][year]
  std::uint32_t year;
  const Philox& philox;
  mutable std::uint32_t next = 0;

  CORRIDOR_HD Words operator()(Counter counter) const {
    if (is_rare(counter)) return philox(counter);
    const std::uint32_t row = 4 * next++;
    return {{rows[row][year], rows[row + 1][year], rows[row + 2][year], rows[row + 3][year]}};
  }
};

/// store_transposed for instruction sets that have nothing better.
CORRIDOR_HD void store_transposed_plainly(const Cents* from, std::uint64_t from_stride, Cents* to,
                                          std::uint64_t to_stride) {
  for (std::uint32_t k = 0; k < 8; ++k) {
    for (std::uint32_t y = 0; y < 8; ++y) to[k * to_stride + y] = from[y * from_stride + k];
  }
}

}  // namespace corridor::cpu
