// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "kernels/cpu/block.hpp"

namespace corridor::cpu {

inline constexpr std::uint32_t prior_years_max = basis_years_max - 1;

/// What the years that a basis reaches into do to claims, [year before][year of the block].
struct alignas(64) BasisYears {
  float severity[basis_years_max][block_years];
  float inverse_frequency[basis_years_max][block_years];

  CORRIDOR_HD BasisEffects of(std::uint32_t year) const {
    BasisEffects effects;
    for (std::uint32_t back = 0; back < basis_years_max; ++back) {
      effects.year[back] = {severity[back][year], inverse_frequency[back][year]};
    }
    return effects;
  }
};

/// Words of a chunk beside those of the policy's own years, which stand in a Chunk.
struct alignas(64) PriorWords {
  /// [year before - 1][member][year]; the first turn into bits of run-in dollars.
  std::uint32_t rows[prior_years_max][chunk_members][block_years];
};

/// The members of a chunk and what their eligible claims need.
struct BasisMembers {
  const GroupView& group;
  const LaneTables& tables;
  const TableHead* heads;  ///< of the group's table 0
  const BasisYears& years;
  std::uint32_t first, count;
};

/// Words of one year of a chunk, by their counters; further bits it draws itself.
struct ChunkCalls {
  const PriorWords& words;
  std::uint32_t first_member, year;
  const Philox& philox;

  CORRIDOR_HD Words operator()(Counter counter) const {
    if (is_rare(counter)) return philox(counter);
    const std::uint32_t purpose = counter.y >> 24, call = counter.y & 0xffffffu;
    const std::uint32_t(*rows)[block_years] =
        words.rows[purpose / 3 - 1] + 4 * (call - first_member / 4);
    return {{rows[0][year], rows[1][year], rows[2][year], rows[3][year]}};
  }
};

/// A bit for each word of a row that needs refining.
CORRIDOR_HD std::uint64_t refined_years(const std::uint32_t* words) {
  std::uint64_t years = 0;
  for (std::uint32_t y = 0; y < block_years; ++y) {
    years |= static_cast<std::uint64_t>(needs_refining(words[y])) << y;
  }
  return years;
}

/// The same for all rows of a member.
template <std::uint32_t prior>
CORRIDOR_HD std::uint64_t refined_years(const Chunk& chunk, const PriorWords& words,
                                        std::uint32_t m) {
  std::uint64_t years = refined_years(chunk.rows[m]);
  for (std::uint32_t j = 0; j < prior; ++j) years |= refined_years(words.rows[j][m]);
  return years;
}

/// Words of the lanes that are left to the lane's own function.
struct LeftWords {
  std::uint64_t years;
  std::uint32_t words[block_years];

  CORRIDOR_HD void save(const std::uint32_t* row) {
    for (std::uint32_t y = 0; y < block_years; ++y) words[y] = row[y];
  }
  CORRIDOR_HD void restore(std::uint32_t* row) const {
    for (std::uint32_t y = 0; y < block_years; ++y) row[y] = years >> y & 1 ? words[y] : row[y];
  }
};

/// large_weight is computed in units of 2^-24, in which it takes two multiplications less and has
/// the same bits; shares of large claims then stand at 2^-24 of their size.
inline constexpr float whole_weight = 0x1p24f;

/// Whether they keep all their bits there.
CORRIDOR_HD bool weighs_exactly(const Basis& basis) {
  for (std::uint32_t back = 0; back <= basis.prior_years; ++back) {
    for (const float share : basis.shares[back].large_less_small) {
      if (share != 0 && std::fabs(share) < 0x1p-100f) return false;
    }
  }
  return true;
}

}  // namespace corridor::cpu
