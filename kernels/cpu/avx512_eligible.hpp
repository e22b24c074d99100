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
  constexpr auto height = static_cast<float>(parabola_units);
  const __m512i bits =
      _mm512_castps_si512(_mm512_mul_ps(claims, _mm512_set1_ps(small_claims_per_usd)));
  const __m512 line = _mm512_cvtepi32_ps(
      _mm512_sub_epi32(bits, _mm512_set1_epi32(static_cast<int>(octave_line_bits))));
  const __m512 mantissa = _mm512_castsi512_ps(_mm512_ternarylogic_epi32(
      bits, _mm512_set1_epi32(0x007FFFFF), _mm512_set1_epi32(0x3F800000), 0xEA));
  const __m512 slope =
      _mm512_fnmadd_ps(mantissa, _mm512_set1_ps(height), _mm512_set1_ps(3 * height));
  const __m512 floored = _mm512_max_ps(_mm512_setzero_ps(), _mm512_fmadd_ps(mantissa, slope, line));
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

/// What a member claims before the basis, [year before][year of the block].
template <std::uint32_t prior>
struct MemberYears {
  alignas(64) float claims[1 + prior][block_years];
  std::uint64_t beyond_head[1 + prior];  ///< a bit for each year that is still to be looked up
};

/// A member whose claims are looked up, sixteen years at a time: claims first, then what the basis
/// takes of them, so that neither loop waits for the other's long sums.
template <bool thinned, std::uint32_t prior>
struct EligibleMember {
  CORRIDOR_HD EligibleMember(const BasisMembers& chunk, const SlotShares& by_slot,
                             const Member& own)
      : members(chunk), shares(by_slot), row(own) {}

  /// Fills `years`; whether some word needs refining.
  CORRIDOR_HD bool draw() {
    const Persistence& persistence = members.group.basis->persistence;
    const HeadRegisters head = load(members.heads[row.table]);
    const __m512 new_below = _mm512_set1_ps(persistence.new_below * 0x1p32f);
    const __m512 stretch = _mm512_set1_ps(persistence.stretch);
    __m512i least = _mm512_set1_epi32(-1);
    for (std::uint64_t& beyond : years.beyond_head) beyond = 0;
#pragma GCC unroll 1
    for (std::uint32_t v = 0; v < vectors; ++v) {
      __m512 survival = _mm512_setzero_ps();
#pragma GCC unroll 4
      for (std::uint32_t back = 0; back <= prior; ++back) {
        const __m512i words = _mm512_load_si512(rows[back] + v * lanes);
        least = _mm512_min_epu32(least, words);
        const __m512 drawn = scaled_survival(words);
        const __mmask16 is_new = _mm512_cmp_ps_mask(drawn, new_below, _CMP_LE_OQ);
        survival = back == 0 ? drawn : _mm512_mask_mul_ps(survival, is_new, drawn, stretch);
        look_up_claims(head, v, back, survival);
      }
    }
    for (std::uint32_t back = 0; back <= prior; ++back) {
      if (years.beyond_head[back] != 0) look_up_beyond_head(back);
    }
    return _mm512_cmplt_epu32_mask(least, _mm512_set1_epi32(refine_below)) != 0;
  }

  /// Claims of years [16 v, 16 v + 16) at survivals before thinning.
  CORRIDOR_HD void look_up_claims(const HeadRegisters& head, std::uint32_t v, std::uint32_t back,
                                  __m512 survival) {
    if (thinned) {
      survival = _mm512_mul_ps(_mm512_mul_ps(survival, _mm512_set1_ps(row.inverse_exposure)),
                               _mm512_load_ps(members.years.inverse_frequency[back] + v * lanes));
    }
    const Looked looked = look_up<thinned>(head, survival);
    _mm512_store_ps(years.claims[back] + v * lanes, looked.claims);
    years.beyond_head[back] |= static_cast<std::uint64_t>(looked.rare) << (v * lanes);
  }

  CORRIDOR_HD void look_up_beyond_head(std::uint32_t back) {
    const Bucket* table = members.group.tables + std::size_t{row.table} * bucket_count;
    std::uint64_t left = years.beyond_head[back];
    do {
      const auto year = static_cast<std::uint32_t>(__builtin_ctzll(left));
      years.claims[back][year] = quantile(table, survival_in(back, year));
      left &= left - 1;
    } while (left != 0);
  }

  CORRIDOR_HD float survival_in(std::uint32_t back, std::uint32_t year) const {
    float survival = survival_of(rows[0][year]);
    for (std::uint32_t j = 1; j <= back; ++j) {
      survival = members.group.basis->persistence.survival(survival_of(rows[j][year]), survival);
    }
    return thinned_survival(survival, row.inverse_exposure,
                            members.years.inverse_frequency[back][year]);
  }

  /// eligible_usd of years [16 v, 16 v + 16).
  CORRIDOR_HD __m512 usd(std::uint32_t v, std::uint32_t back) const {
    const __m512 claims = _mm512_load_ps(years.claims[back] + v * lanes);
    const __m512 share =
        paid_shares(shares, back, _mm512_load_si512(rows[back] + v * lanes), claims);
    const __m512 factor = _mm512_mul_ps(_mm512_set1_ps(row.scale),
                                        _mm512_load_ps(members.years.severity[back] + v * lanes));
    return _mm512_mul_ps(_mm512_mul_ps(factor, claims), share);
  }

  /// Dollars in the place of words: of all years in the first row, of those before the policy in
  /// the second.
  CORRIDOR_HD void store_dollars(std::uint32_t* total_row, std::uint32_t* run_in_row) const {
    const __m512 limit = _mm512_set1_ps(members.group.basis->run_in_limit_usd);
#pragma GCC unroll 1
    for (std::uint32_t v = 0; v < vectors; ++v) {
      __m512 total = usd(v, 0);
      if (prior > 0) {
        __m512 run_in = usd(v, 1);
        for (std::uint32_t back = 2; back <= prior; ++back) {
          run_in = _mm512_add_ps(run_in, usd(v, back));
        }
        run_in = _mm512_min_ps(run_in, limit);
        total = _mm512_add_ps(total, run_in);
        _mm512_store_ps(run_in_row + v * lanes, run_in);
      }
      _mm512_store_ps(total_row + v * lanes, total);
    }
  }

  const BasisMembers& members;
  const SlotShares& shares;
  const Member& row;
  const std::uint32_t* rows[1 + prior];  ///< words, [year before]
  MemberYears<prior> years;
};

/// See BlockLane.
template <bool thinned, std::uint32_t prior>
CORRIDOR_HD std::uint64_t eligible_member(const BasisMembers& members, const SlotShares& shares,
                                          Chunk& chunk, PriorWords& words, std::uint32_t m) {
  EligibleMember<thinned, prior> member(members, shares, members.group.members[members.first + m]);
  member.rows[0] = chunk.rows[m];
  for (std::uint32_t back = 1; back <= prior; ++back) {
    member.rows[back] = words.rows[back - 1][m];
  }
  std::uint32_t *own_words = chunk.rows[m], *before_words = words.rows[0][m];
  if (__builtin_expect(!member.draw(), 1)) {
    member.store_dollars(own_words, before_words);
    return 0;
  }
  const std::uint64_t rare = refined_years<prior>(chunk, words, m);
  LeftWords own{rare, {}}, before{rare, {}};
  own.save(own_words);
  before.save(before_words);
  member.store_dollars(own_words, before_words);
  own.restore(own_words);
  if (prior > 0) before.restore(before_words);
  return rare;
}

}  // namespace corridor::cpu::avx512_lanes
