// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/avx512_look_up.hpp"
#include "kernels/cpu/basis_block.hpp"
#include "kernels/cpu/rare_lanes.hpp"

namespace corridor::cpu::avx512_lanes {

/// Months by slot in 16 bits, so that two years are looked up side by side; shares by month.
struct alignas(64) MonthShares {
  std::int16_t bounds[2 * month_cells];                  ///< month_bound by cell, twice
  float small[basis_years_max][month_cells];             ///< [year before][month]
  float large_less_small[basis_years_max][month_cells];  ///< at 2^-24 of their size

  CORRIDOR_HD bool prepare(const Basis& basis) {
    for (std::uint32_t i = 0; i < 2 * month_cells; ++i) {
      bounds[i] = static_cast<std::int16_t>(month_bound(basis.months, i % month_cells));
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

/// Months by the spare bits of 32 half words, in the low four bits of each half.
CORRIDOR_HD __m512i months(const MonthShares& shares, __m512i halves) {
  const __m512i slots = _mm512_and_si512(halves, _mm512_set1_epi16(month_slots - 1));
  const __m512i bounds = _mm512_permutexvar_epi16(halves, _mm512_load_si512(shares.bounds));
  return _mm512_min_epi16(slots, bounds);
}

/// The low halves of `low`, and above them those of `high`.
CORRIDOR_HD __m512i low_halves(__m512i low, __m512i high) {
  const __m512i up = _mm512_set4_epi32(0x0D0CFFFF, 0x0908FFFF, 0x0504FFFF, 0x0100FFFF);
  return _mm512_mask_shuffle_epi8(low, 0xCCCCCCCCCCCCCCCC, high, up);
}

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

/// paid_share of sixteen claims; their months are the low four bits of `month`.
CORRIDOR_HD __m512 paid_shares(const MonthShares& shares, std::uint32_t back, __m512i month,
                               __m512 claims) {
  const auto pick = [&](const float(&of)[month_cells]) {
    return _mm512_permutexvar_ps(month, _mm512_load_ps(of));
  };
  return _mm512_fmadd_ps(weights(claims), pick(shares.large_less_small[back]),
                         pick(shares.small[back]));
}

/// The members of a chunk. What is beyond the head of their tables is looked up for all of them at
/// once, because which claims that are cannot be foretold. Claims first, then what the basis takes
/// of them, so that neither loop waits for the other's long sums.
template <bool thinned, std::uint32_t prior>
struct EligibleMembers {
  static constexpr std::uint32_t claims_of_member = (1 + prior) * block_years;

  CORRIDOR_HD EligibleMembers(const BasisMembers& chunk_members, const MonthShares& by_month,
                              Chunk& own_words, PriorWords& words_before)
      : members(chunk_members), shares(by_month), chunk(own_words), before(words_before) {}

  /// Turns the words of the chunk into dollars.
  CORRIDOR_HD void turn(RareLanes& rare) {
    for (std::uint32_t i = 0; i < members.count; ++i) look_up_head(i);
    for (std::uint32_t d = 0; d < in_doubt_count; ++d) list_beyond_head(in_doubt[d]);
    for (std::uint32_t j = 0; j < listed_count; ++j) look_up_listed(listed[j]);
    for (std::uint32_t i = 0; i < members.count; ++i) {
      rare.note(i, __builtin_expect(refined[i], 0) ? store_unrefined(i) : store_all(i));
    }
  }

  CORRIDOR_HD const Member& member(std::uint32_t i) const {
    return members.group.members[members.first + i];
  }
  CORRIDOR_HD std::uint32_t* row(std::uint32_t i, std::uint32_t back) const {
    return back == 0 ? chunk.rows[i] : before.rows[back - 1][i];
  }
  /// What a loop over a member's years reads, in registers: a store might change all but these.
  struct Rows {
    const std::uint32_t* words[1 + prior];
    const BasisYears* years;
    __m512 inverse_exposure, new_below, stretch;

    CORRIDOR_HD __m512i load(std::uint32_t back, std::uint32_t v) const {
      return _mm512_load_si512(words[back] + v * lanes);
    }
  };

  CORRIDOR_HD Rows rows_of(std::uint32_t i) const {
    const Persistence& persistence = members.group.basis->persistence;
    Rows rows{{},
              &members.years,
              _mm512_set1_ps(member(i).inverse_exposure),
              _mm512_set1_ps(persistence.new_below * 0x1p32f),
              _mm512_set1_ps(persistence.stretch)};
    for (std::uint32_t back = 0; back <= prior; ++back) rows.words[back] = row(i, back);
    return rows;
  }

  /// Survivals times 2^32 of one year, `later` those of the year after, before thinning.
  CORRIDOR_HD static __m512 survivals(const Rows& rows, __m512i words, std::uint32_t back,
                                      __m512 later) {
    const __m512 drawn = scaled_survival(words);
    if (back == 0) return drawn;
    const __mmask16 is_new = _mm512_cmp_ps_mask(drawn, rows.new_below, _CMP_LE_OQ);
    return _mm512_mask_mul_ps(later, is_new, drawn, rows.stretch);
  }

  CORRIDOR_HD static __m512 thin(const Rows& rows, std::uint32_t back, std::uint32_t v,
                                 __m512 survival) {
    if (!thinned) return survival;
    return _mm512_mul_ps(_mm512_mul_ps(survival, rows.inverse_exposure),
                         _mm512_load_ps(rows.years->inverse_frequency[back] + v * lanes));
  }

  /// Looks up all claims as if they were in the head, and lists the vectors where some are not.
  CORRIDOR_HD void look_up_head(std::uint32_t i) {
    const HeadRegisters head = load(members.heads[member(i).table]);
    const Rows rows = rows_of(i);
    std::uint32_t count = in_doubt_count;
#pragma GCC unroll 1
    for (std::uint32_t v = 0; v < vectors; ++v) {
      __m512 survival = _mm512_setzero_ps();
      __m512i least = _mm512_setzero_si512();
      __mmask16 beyond = 0;
#pragma GCC unroll 4
      for (std::uint32_t back = 0; back <= prior; ++back) {
        const __m512i words = rows.load(back, v);
        least = back == 0 ? words : _mm512_min_epu32(least, words);
        survival = survivals(rows, words, back, survival);
        const Looked looked = look_up<thinned>(head, thin(rows, back, v, survival));
        _mm512_store_ps(claims[i][back] + v * lanes, looked.claims);
        if (thinned) beyond |= looked.rare;
      }
      // As long as nothing thins them: stretched survivals are no smaller.
      constexpr std::uint32_t first_head_word = 1u << 24;
      beyond |= any_below(least, thinned ? refine_below : first_head_word);
      in_doubt[count] = i * vectors + v;
      count += beyond != 0 ? 1 : 0;
    }
    in_doubt_count = count;
    refined[i] = false;
  }

  CORRIDOR_HD static __mmask16 any_below(__m512i of_words, std::uint32_t limit) {
    return _mm512_cmplt_epu32_mask(of_words, _mm512_set1_epi32(static_cast<int>(limit)));
  }

  /// Lists the claims beyond the head of a vector of years, without a branch.
  CORRIDOR_HD void list_beyond_head(std::uint32_t vector) {
    const std::uint32_t i = vector / vectors, v = vector % vectors;
    const __m512i iota = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const Rows rows = rows_of(i);
    __m512 survival = _mm512_setzero_ps();
    __mmask16 refine = 0;
    for (std::uint32_t back = 0; back <= prior; ++back) {
      const __m512i words = rows.load(back, v);
      refine |= any_below(words, refine_below);
      survival = survivals(rows, words, back, survival);
      const __m512i bits =
          _mm512_srli_epi32(_mm512_castps_si512(thin(rows, back, v, survival)), bucket_shift);
      const __mmask16 beyond = _mm512_cmplt_epi32_mask(bits, _mm512_set1_epi32(scaled_head_bits));
      const std::uint32_t at = i * claims_of_member + back * block_years + v * lanes;
      const __m512i places = _mm512_add_epi32(iota, _mm512_set1_epi32(static_cast<int>(at)));
      _mm512_storeu_si512(listed + listed_count, _mm512_maskz_compress_epi32(beyond, places));
      listed_count += static_cast<std::uint32_t>(__builtin_popcount(beyond));
    }
    refined[i] |= refine != 0;
  }

  CORRIDOR_HD void look_up_listed(std::uint32_t place) {
    const std::uint32_t i = place / claims_of_member, year = place % block_years;
    const std::uint32_t back = place % claims_of_member / block_years;
    const Bucket* table = members.group.tables + std::size_t{member(i).table} * bucket_count;
    const Persistence& persistence = members.group.basis->persistence;
    float survival = survival_of(row(i, 0)[year]);
    for (std::uint32_t j = 1; j <= back; ++j) {
      survival = persistence.survival(survival_of(row(i, j)[year]), survival);
    }
    survival = thinned_survival(survival, member(i).inverse_exposure,
                                members.years.inverse_frequency[back][year]);
    claims[i][back][year] = quantile(table, survival);
  }

  /// eligible_usd of years [16 v, 16 v + 16).
  CORRIDOR_HD __m512 usd(const Rows& rows, const float* claims_of_year, __m512 scale,
                         std::uint32_t back, std::uint32_t v, __m512i month) const {
    const __m512 claimed = _mm512_load_ps(claims_of_year + v * lanes);
    const __m512 share = paid_shares(shares, back, month, claimed);
    const __m512 factor =
        _mm512_mul_ps(scale, _mm512_load_ps(rows.years->severity[back] + v * lanes));
    return _mm512_mul_ps(_mm512_mul_ps(factor, claimed), share);
  }

  /// Dollars in the place of words: of all years in the own words' row, of those before the policy
  /// in the row of the first of them.
  CORRIDOR_HD std::uint64_t store_all(std::uint32_t i) {
    std::uint32_t *total_row = row(i, 0), *run_in_row = before.rows[0][i];
    const __m512 limit = _mm512_set1_ps(members.group.basis->run_in_limit_usd);
    const __m512 scale = _mm512_set1_ps(member(i).scale);
    const Rows rows = rows_of(i);
    const auto usd_of = [&](std::uint32_t back, std::uint32_t v, __m512i month) {
      return usd(rows, claims[i][back], scale, back, v, month);
    };
#pragma GCC unroll 1
    for (std::uint32_t v = 0; v < vectors; ++v) {
      const __m512i own = rows.load(0, v);
      const __m512i month =
          months(shares, prior == 0 ? own : low_halves(own, rows.load(prior > 0, v)));
      __m512 total = usd_of(0, v, month);
      if (prior > 0) {
        __m512 run_in = usd_of(prior > 0, v, _mm512_srli_epi32(month, 16));
        for (std::uint32_t back = 2; back <= prior; ++back) {
          run_in = _mm512_add_ps(run_in, usd_of(back, v, months(shares, rows.load(back, v))));
        }
        run_in = _mm512_min_ps(run_in, limit);
        total = _mm512_add_ps(total, run_in);
        _mm512_store_ps(run_in_row + v * lanes, run_in);
      }
      _mm512_store_ps(total_row + v * lanes, total);
    }
    return 0;
  }

  /// The same but for years with a word that needs refining, which keep their words.
  CORRIDOR_HD std::uint64_t store_unrefined(std::uint32_t i) {
    const std::uint64_t years = refined_years<prior>(chunk, before, i);
    std::uint32_t *own_row = row(i, 0), *before_row = before.rows[0][i];
    LeftWords own{years, {}}, run_in{years, {}};
    own.save(own_row);
    run_in.save(before_row);
    store_all(i);
    own.restore(own_row);
    if (prior > 0) run_in.restore(before_row);
    return years;
  }

  const BasisMembers& members;
  const MonthShares& shares;
  Chunk& chunk;
  PriorWords& before;
  std::uint32_t in_doubt_count = 0, listed_count = 0;
  bool refined[chunk_members];  ///< whether some word of a member needs refining
  /// Before the basis, [member][year before][year of the block].
  alignas(64) float claims[chunk_members][1 + prior][block_years];
  std::uint32_t in_doubt[chunk_members * vectors + 1];                  ///< vectors of years
  std::uint32_t listed[chunk_members * claims_of_member + list_slack];  ///< places of claims
};

/// See BlockLane.
template <bool thinned, std::uint32_t prior>
CORRIDOR_HD void eligible_members(const BasisMembers& members, const MonthShares& shares,
                                  Chunk& chunk, PriorWords& words, RareLanes& rare) {
  EligibleMembers<thinned, prior>(members, shares, chunk, words).turn(rare);
}

}  // namespace corridor::cpu::avx512_lanes
