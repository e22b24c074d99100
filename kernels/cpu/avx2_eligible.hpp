// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/avx2_look_up.hpp"
#include "kernels/cpu/basis_block.hpp"

namespace corridor::cpu::avx2_lanes {

/// Months by slot in bytes, twice, as a byte shuffle reads them; shares by month.
struct alignas(64) MonthShares {
  /// Slots of a cell whose bits 1 to 8 are from this on are in its other month.
  std::uint8_t other_from[2 * month_cells];
  std::uint8_t other[2 * month_cells];
  alignas(32) float small[basis_years_max][month_cells];             ///< [year before][month]
  alignas(32) float large_less_small[basis_years_max][month_cells];  ///< at 2^-24 of their size

  CORRIDOR_HD bool prepare(const Basis& basis) {
    for (std::uint32_t i = 0; i < 2 * month_cells; ++i) {
      const std::uint32_t cell = i % month_cells, cut = basis.months.cut[cell];
      const bool whole = cut == slots_per_cell;  // whose end lies outside a byte
      other_from[i] = static_cast<std::uint8_t>(whole ? 0 : cut * (month_cells / 2));
      other[i] = static_cast<std::uint8_t>(whole ? cell : basis.months.other[cell]);
    }
    for (std::uint32_t back = 0; back < basis_years_max; ++back) {
      for (std::uint32_t month = 0; month < month_cells; ++month) {
        small[back][month] = basis.shares[back].small[month];
        large_less_small[back][month] = basis.shares[back].large_less_small[month] / whole_weight;
      }
    }
    return weighs_exactly(basis);
  }
};

/// large_weight of eight claims, in units of 2^-24.
CORRIDOR_HD __m256 weights(__m256 claims) {
  constexpr auto height = static_cast<float>(parabola_units);
  const __m256i bits =
      _mm256_castps_si256(_mm256_mul_ps(claims, _mm256_set1_ps(small_claims_per_usd)));
  const __m256 line = _mm256_cvtepi32_ps(
      _mm256_sub_epi32(bits, _mm256_set1_epi32(static_cast<int>(octave_line_bits))));
  const __m256 mantissa = _mm256_castsi256_ps(_mm256_or_si256(
      _mm256_and_si256(bits, _mm256_set1_epi32(0x007FFFFF)), _mm256_set1_epi32(0x3F800000)));
  const __m256 slope =
      _mm256_fnmadd_ps(mantissa, _mm256_set1_ps(height), _mm256_set1_ps(3 * height));
  const __m256 floored = _mm256_max_ps(_mm256_setzero_ps(), _mm256_fmadd_ps(mantissa, slope, line));
  return _mm256_min_ps(_mm256_set1_ps(whole_weight), floored);
}

/// Months by the spare bits of sixteen half words, in the low four bits of each half; the others
/// hold anything.
CORRIDOR_HD __m256i months(const MonthShares& shares, __m256i halves) {
  const __m256i cells = _mm256_and_si256(halves, _mm256_set1_epi16(month_cells - 1));
  const __m256i from = _mm256_shuffle_epi8(load(shares.other_from), cells);
  const __m256i within = _mm256_srli_epi16(halves, 1);
  const __m256i is_other = _mm256_cmpeq_epi8(_mm256_max_epu8(within, from), within);
  return _mm256_blendv_epi8(cells, _mm256_shuffle_epi8(load(shares.other), cells), is_other);
}

/// The low halves of `low`, and above them those of `high`.
CORRIDOR_HD __m256i low_halves(__m256i low, __m256i high) {
  return _mm256_blend_epi16(low, _mm256_slli_epi32(high, 16), 0xAA);
}

/// paid_share of eight claims; their months are the low four bits of `month`.
CORRIDOR_HD __m256 paid_shares(const MonthShares& shares, std::uint32_t back, __m256i month,
                               __m256 claims) {
  const __m256 is_late = _mm256_castsi256_ps(_mm256_slli_epi32(month, 28));  // 8 and later
  const __m256 weight = weights(claims);
  const auto of_eight = [&](std::uint32_t first_month) {
    const auto pick = [&](const float(&of)[month_cells]) {
      return _mm256_permutevar8x32_ps(_mm256_load_ps(of + first_month), month);
    };
    return _mm256_fmadd_ps(weight, pick(shares.large_less_small[back]), pick(shares.small[back]));
  };
  return _mm256_blendv_ps(of_eight(0), of_eight(lanes), is_late);
}

/// What a member draws: survivals and where they are looked up, [year before][year of the block].
template <std::uint32_t prior>
struct MemberYears {
  alignas(32) float survivals[1 + prior][block_years];
  alignas(32) std::uint32_t buckets[1 + prior][block_years];
};

/// A member whose claims are looked up, eight years at a time. Two loops, or the compiler takes the
/// indices out of a register one by one.
template <bool is_thinned, std::uint32_t prior>
struct EligibleMember {
  CORRIDOR_HD EligibleMember(const BasisMembers& chunk, const MonthShares& of_months)
      : members(chunk), shares(of_months) {}

  const BasisMembers& members;
  const MonthShares& shares;
  const std::uint32_t* rows[1 + prior];  ///< words, [year before]
  MemberYears<prior> years;

  /// Fills `years`; whether some word needs refining.
  CORRIDOR_HD bool draw(const Member& row) {
    const Persistence& persistence = members.group.basis->persistence;
    const __m256 new_below = _mm256_set1_ps(persistence.new_below);
    const __m256 stretch = _mm256_set1_ps(persistence.stretch);
    const __m256 inverse_exposure = _mm256_set1_ps(row.inverse_exposure);
    __m256i least = _mm256_set1_epi32(-1);
    for (std::uint32_t v = 0; v < block_years; v += lanes) {
      __m256 survival = _mm256_setzero_ps();
      for (std::uint32_t back = 0; back <= prior; ++back) {
        const __m256i words = load(rows[back] + v);
        least = _mm256_min_epu32(least, words);
        const __m256 drawn = survival_of_words(words);
        const __m256 repeats = _mm256_cmp_ps(drawn, new_below, _CMP_GT_OQ);
        survival =
            back == 0 ? drawn : _mm256_blendv_ps(_mm256_mul_ps(drawn, stretch), survival, repeats);
        keep(v, back, survival, inverse_exposure);
      }
    }
    return some_need_refining(least);
  }

  CORRIDOR_HD void keep(std::uint32_t v, std::uint32_t back, __m256 survival,
                        __m256 inverse_exposure) {
    if (is_thinned) {
      survival = thinned(survival, inverse_exposure,
                         _mm256_load_ps(members.years.inverse_frequency[back] + v));
    }
    _mm256_store_ps(years.survivals[back] + v, survival);
    store(years.buckets[back] + v, bucket_bits(survival));
  }

  /// Claims in the place of survivals.
  CORRIDOR_HD void look_up(const Bucket* table) {
    for (std::uint32_t back = 0; back <= prior; ++back) {
      for (std::uint32_t v = 0; v < block_years; v += lanes) {
        float* at = years.survivals[back] + v;
        _mm256_store_ps(
            at, quantiles<first_bucket_bits>(table, years.buckets[back] + v, _mm256_load_ps(at)));
      }
    }
  }

  /// eligible_usd of eight years from year v on.
  CORRIDOR_HD __m256 usd(std::uint32_t back, std::uint32_t v, __m256i month, __m256 scale) const {
    const __m256 claims = _mm256_load_ps(years.survivals[back] + v);
    const __m256 share = paid_shares(shares, back, month, claims);
    const __m256 factor = _mm256_mul_ps(scale, _mm256_load_ps(members.years.severity[back] + v));
    return _mm256_mul_ps(_mm256_mul_ps(factor, claims), share);
  }

  /// Dollars in the place of words: of all years in the first row, of those before the policy in
  /// the second.
  CORRIDOR_HD void look_up(const Member& row, std::uint32_t* total_row, std::uint32_t* run_in_row) {
    look_up(members.group.tables + std::size_t{row.table} * bucket_count);
    const __m256 scale = _mm256_set1_ps(row.scale);
    const __m256 limit = _mm256_set1_ps(members.group.basis->run_in_limit_usd);
    for (std::uint32_t v = 0; v < block_years; v += lanes) {
      const __m256i halves =
          prior == 0 ? load(rows[0] + v) : low_halves(load(rows[0] + v), load(rows[1] + v));
      const __m256i month = months(shares, halves);
      __m256 total = usd(0, v, month, scale);
      if (prior > 0) {
        __m256 run_in = usd(1, v, _mm256_srli_epi32(month, 16), scale);
        for (std::uint32_t back = 2; back <= prior; ++back) {
          const __m256i before = months(shares, load(rows[back] + v));
          run_in = _mm256_add_ps(run_in, usd(back, v, before, scale));
        }
        run_in = _mm256_min_ps(run_in, limit);
        total = _mm256_add_ps(total, run_in);
        store(run_in_row + v, _mm256_castps_si256(run_in));
      }
      store(total_row + v, _mm256_castps_si256(total));
    }
  }
};

/// See BlockLane.
template <bool is_thinned, std::uint32_t prior>
CORRIDOR_HD std::uint64_t eligible_member(const BasisMembers& members, const MonthShares& shares,
                                          Chunk& chunk, PriorWords& words, std::uint32_t m) {
  const Member& row = members.group.members[members.first + m];
  std::uint32_t *own_words = chunk.rows[m], *before_words = words.rows[0][m];
  EligibleMember<is_thinned, prior> member(members, shares);
  member.rows[0] = own_words;
  for (std::uint32_t back = 1; back <= prior; ++back) {
    member.rows[back] = words.rows[back - 1][m];
  }
  if (__builtin_expect(!member.draw(row), 1)) {
    member.look_up(row, own_words, before_words);
    return 0;
  }
  const std::uint64_t rare = refined_years<prior>(chunk, words, m);
  LeftWords own{rare, {}}, before{rare, {}};
  own.save(own_words);
  before.save(before_words);
  member.look_up(row, own_words, before_words);
  own.restore(own_words);
  if (prior > 0) before.restore(before_words);
  return rare;
}

}  // namespace corridor::cpu::avx2_lanes
