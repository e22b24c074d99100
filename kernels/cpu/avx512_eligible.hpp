// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/avx512_look_up.hpp"
#include "kernels/cpu/basis_block.hpp"

namespace corridor::cpu::avx512_lanes {

/// Shares by slot: each cell's two months, so that one permute picks cell and month.
struct alignas(64) SlotShares {
  std::uint32_t first_other[month_cells];        ///< first slot of a cell's other month
  float small[basis_years_max][2][month_cells];  ///< [year before][first or other month][cell]
  float large_less_small[basis_years_max][2][month_cells];  ///< at 2^-24 of their size

  CORRIDOR_HD bool prepare(const Basis& basis) {
    const MonthTable& months = basis.months;
    for (std::uint32_t cell = 0; cell < month_cells; ++cell) {
      first_other[cell] = cell * slots_per_cell + months.cut[cell];
      const std::uint32_t month[2] = {months.first[cell], months.other[cell]};
      for (std::uint32_t back = 0; back < basis_years_max; ++back) {
        for (int other = 0; other < 2; ++other) {
          const PaidShares& shares = basis.shares[back];
          small[back][other][cell] = shares.small[month[other]];
          large_less_small[back][other][cell] =
              shares.large_less_small[month[other]] / whole_weight;
        }
      }
    }
    return weighs_exactly(basis);
  }
};

/// large_weight of sixteen claims, in units of 2^-24.
CORRIDOR_HD __m512 weights(__m512 claims) {
  const __m512i one = _mm512_set1_epi32(0x3F800000);
  const __m512i bits =
      _mm512_castps_si512(_mm512_mul_ps(claims, _mm512_set1_ps(small_claims_per_usd)));
  const __m512 whole = _mm512_cvtepi32_ps(_mm512_sub_epi32(bits, one));
  const __m512 mantissa = _mm512_castsi512_ps(
      _mm512_ternarylogic_epi32(bits, _mm512_set1_epi32(0x007FFFFF), one, 0xEA));
  // part * (1 - part), part the mantissa less 1: the same number, and rounded once.
  const __m512 arch = _mm512_fmsub_ps(mantissa, _mm512_sub_ps(_mm512_set1_ps(3.0f), mantissa),
                                      _mm512_set1_ps(2.0f));
  const __m512 octaves = _mm512_fmadd_ps(_mm512_set1_ps(octave_parabola * 0x1p23f), arch, whole);
  const __m512 floored = _mm512_max_ps(_mm512_setzero_ps(), octaves);
  return _mm512_min_ps(_mm512_set1_ps(whole_weight), floored);
}

/// paid_share of sixteen claims, their months by the spare bits of `words`.
CORRIDOR_HD __m512 paid_shares(const SlotShares& shares, std::uint32_t back, __m512i words,
                               __m512 claims) {
  const __m512i slots = _mm512_and_si512(words, _mm512_set1_epi32(month_slots - 1));
  const __m512i cells = _mm512_srli_epi32(slots, 5);
  const __m512i cuts = _mm512_permutexvar_epi32(cells, _mm512_load_si512(shares.first_other));
  const __mmask16 other = _mm512_cmpge_epi32_mask(slots, cuts);
  const __m512i at = _mm512_mask_or_epi32(cells, other, cells, _mm512_set1_epi32(month_cells));
  const auto pick = [&](const float(&of)[2][month_cells]) {
    return _mm512_permutex2var_ps(_mm512_load_ps(of[0]), at, _mm512_load_ps(of[1]));
  };
  return _mm512_fmadd_ps(weights(claims), pick(shares.large_less_small[back]),
                         pick(shares.small[back]));
}

/// A member whose claims are looked up, sixteen years at a time.
struct EligibleMember {
  const BasisMembers& members;
  const SlotShares& shares;
  const Bucket* table;
  HeadRegisters head;
  __m512 scale, inverse_exposure;

  /// eligible_usd of years [16 v, 16 v + 16).
  template <bool thinned>
  CORRIDOR_HD __m512 usd(std::uint32_t v, std::uint32_t back, __m512 survival,
                         __m512i words) const {
    const BasisYears& years = members.years;
    if (thinned) {
      survival = _mm512_mul_ps(_mm512_mul_ps(survival, inverse_exposure),
                               _mm512_load_ps(years.inverse_frequency[back] + v * lanes));
    }
    Looked looked = look_up<thinned>(head, survival);
    if (__builtin_expect(looked.rare != 0, 0)) looked.claims = beyond_head(looked, survival);
    const __m512 share = paid_shares(shares, back, words, looked.claims);
    return _mm512_mul_ps(_mm512_mul_ps(_mm512_mul_ps(looked.claims, share), scale),
                         _mm512_load_ps(years.severity[back] + v * lanes));
  }

  /// The claims with those looked up that are not in the head.
  CORRIDOR_HD __m512 beyond_head(const Looked& looked, __m512 scaled_survival) const {
    alignas(64) float claims[lanes], survivals[lanes];
    _mm512_store_ps(claims, looked.claims);
    const __m512 survival = _mm512_mul_ps(scaled_survival, _mm512_set1_ps(0x1p-32f));
    _mm512_store_ps(survivals, _mm512_max_ps(survival, _mm512_set1_ps(survival_floor)));
    std::uint32_t left = looked.rare;
    do {
      const auto lane = static_cast<std::uint32_t>(__builtin_ctz(left));
      claims[lane] = quantile(table, survivals[lane]);
      left &= left - 1;
    } while (left != 0);
    return _mm512_load_ps(claims);
  }
};

CORRIDOR_HD __mmask16 needing_refining(__m512i words) {
  return _mm512_cmplt_epu32_mask(words, _mm512_set1_epi32(refine_below));
}

/// See BlockLane.
template <bool thinned, std::uint32_t prior>
CORRIDOR_HD std::uint64_t eligible_member(const BasisMembers& members, const SlotShares& shares,
                                          Chunk& chunk, PriorWords& words, std::uint32_t m) {
  const Member& row = members.group.members[members.first + m];
  const EligibleMember member{members,
                              shares,
                              members.group.tables + std::size_t{row.table} * bucket_count,
                              load(members.heads[row.table]),
                              _mm512_set1_ps(row.scale),
                              _mm512_set1_ps(row.inverse_exposure)};
  const Basis& basis = *members.group.basis;
  const __m512i shift = _mm512_set1_epi32(coin_shift(m));
  const __m512i limit = _mm512_set1_epi32(static_cast<int>(coin_limit(basis.persistence)));
  const auto some_persist = static_cast<__mmask16>(basis.persistence > 0 ? 0xFFFF : 0);
  std::uint64_t all_rare = 0;
#pragma GCC unroll 1
  for (std::uint32_t v = 0; v < vectors; ++v) {
    std::uint32_t* at = chunk.rows[m] + v * lanes;
    const __m512i own_words = _mm512_load_si512(at);
    __m512i least = own_words;
    __m512 survival = scaled_survival(own_words);
    __m512 total = member.usd<thinned>(v, 0, survival, own_words);
    __m512 run_in = _mm512_setzero_ps();
    for (std::uint32_t j = 0; j < prior; ++j) {
      const __m512i before = _mm512_load_si512(words.rows[j][m] + v * lanes);
      const __m512i coins =
          _mm512_sllv_epi32(_mm512_load_si512(words.coins[j][m / 2] + v * lanes), shift);
      const __mmask16 persists = _mm512_mask_cmple_epu32_mask(some_persist, coins, limit);
      survival = _mm512_mask_blend_ps(persists, scaled_survival(before), survival);
      least = _mm512_min_epu32(least, before);
      run_in = _mm512_add_ps(run_in, member.usd<thinned>(v, 1 + j, survival, before));
    }
    const __mmask16 rare = needing_refining(least);
    if (prior > 0) {
      run_in = _mm512_min_ps(run_in, _mm512_set1_ps(basis.run_in_limit_usd));
      total = _mm512_add_ps(total, run_in);
      std::uint32_t* first_prior = words.rows[0][m] + v * lanes;
      _mm512_store_ps(first_prior, _mm512_mask_blend_ps(rare, run_in, _mm512_load_ps(first_prior)));
    }
    _mm512_store_ps(at, _mm512_mask_blend_ps(rare, total, _mm512_castsi512_ps(own_words)));
    all_rare |= static_cast<std::uint64_t>(rare) << (v * lanes);
  }
  return all_rare;
}

}  // namespace corridor::cpu::avx512_lanes
