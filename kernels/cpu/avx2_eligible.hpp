// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/avx2_look_up.hpp"
#include "kernels/cpu/basis_block.hpp"

namespace corridor::cpu::avx2_lanes {

/// Months by slot in bytes, twice, as a byte shuffle reads them; shares by month.
struct alignas(64) MonthShares {
  std::uint8_t cut[2 * month_cells], first[2 * month_cells], other[2 * month_cells];
  alignas(32) float small[basis_years_max][month_cells];             ///< [year before][month]
  alignas(32) float large_less_small[basis_years_max][month_cells];  ///< at 2^-24 of their size

  CORRIDOR_HD bool prepare(const Basis& basis) {
    for (std::uint32_t i = 0; i < 2 * month_cells; ++i) {
      cut[i] = static_cast<std::uint8_t>(basis.months.cut[i % month_cells]);
      first[i] = static_cast<std::uint8_t>(basis.months.first[i % month_cells]);
      other[i] = static_cast<std::uint8_t>(basis.months.other[i % month_cells]);
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
  const __m256i one = _mm256_set1_epi32(0x3F800000);
  const __m256i bits =
      _mm256_castps_si256(_mm256_mul_ps(claims, _mm256_set1_ps(small_claims_per_usd)));
  const __m256 whole = _mm256_cvtepi32_ps(_mm256_sub_epi32(bits, one));
  const __m256 mantissa = _mm256_castsi256_ps(
      _mm256_or_si256(_mm256_and_si256(bits, _mm256_set1_epi32(0x007FFFFF)), one));
  // part * (1 - part), part the mantissa less 1: the same number, and rounded once.
  const __m256 arch = _mm256_fmsub_ps(mantissa, _mm256_sub_ps(_mm256_set1_ps(3.0f), mantissa),
                                      _mm256_set1_ps(2.0f));
  const __m256 octaves = _mm256_fmadd_ps(_mm256_set1_ps(octave_parabola * 0x1p23f), arch, whole);
  const __m256 floored = _mm256_max_ps(_mm256_setzero_ps(), octaves);
  return _mm256_min_ps(_mm256_set1_ps(whole_weight), floored);
}

/// Months of eight words, in the low four bits of each lane; the others hold anything.
CORRIDOR_HD __m256i months(const MonthShares& shares, __m256i words) {
  const __m256i cells =
      _mm256_and_si256(_mm256_srli_epi32(words, 5), _mm256_set1_epi32(month_cells - 1));
  const __m256i within = _mm256_and_si256(words, _mm256_set1_epi32(slots_per_cell - 1));
  const __m256i is_first = _mm256_cmpgt_epi8(_mm256_shuffle_epi8(load(shares.cut), cells), within);
  return _mm256_blendv_epi8(_mm256_shuffle_epi8(load(shares.other), cells),
                            _mm256_shuffle_epi8(load(shares.first), cells), is_first);
}

/// paid_share of eight claims, their months by the spare bits of `words`.
CORRIDOR_HD __m256 paid_shares(const MonthShares& shares, std::uint32_t back, __m256i words,
                               __m256 claims) {
  const __m256i month = months(shares, words);
  const __m256 late = _mm256_castsi256_ps(_mm256_slli_epi32(month, 28));  // 8 and later
  const auto pick = [&](const float(&of)[month_cells]) {
    return _mm256_blendv_ps(_mm256_permutevar8x32_ps(_mm256_load_ps(of), month),
                            _mm256_permutevar8x32_ps(_mm256_load_ps(of + lanes), month), late);
  };
  return _mm256_fmadd_ps(weights(claims), pick(shares.large_less_small[back]),
                         pick(shares.small[back]));
}

/// Survivals of a year before thinning, and the words that hold its months.
struct YearRow {
  alignas(32) float survivals[block_years];
  const std::uint32_t* words;
};

/// A member whose claims are looked up, eight years at a time.
struct EligibleMember {
  const BasisMembers& members;
  const MonthShares& shares;
  const Member& row;

  /// add(v, usd) for the eligible_usd of every eight years from year v on.
  template <bool is_thinned, class Add>
  CORRIDOR_HD void usd(std::uint32_t back, const YearRow& year, const Add& add) const {
    const Bucket* table = members.group.tables + std::size_t{row.table} * bucket_count;
    const __m256 scale = _mm256_set1_ps(row.scale);
    const __m256 inverse_exposure = _mm256_set1_ps(row.inverse_exposure);
    // Two loops, or the compiler takes the indices out of a register one by one.
    alignas(32) float survivals[block_years];
    alignas(32) std::uint32_t buckets[block_years];
    for (std::uint32_t v = 0; v < block_years; v += lanes) {
      __m256 survival = _mm256_load_ps(year.survivals + v);
      if (is_thinned) {
        survival = thinned(survival, inverse_exposure,
                           _mm256_load_ps(members.years.inverse_frequency[back] + v));
        _mm256_store_ps(survivals + v, survival);
      }
      store(buckets + v, bucket_indices(survival));
    }
    for (std::uint32_t v = 0; v < block_years; v += lanes) {
      const __m256 survival = _mm256_load_ps((is_thinned ? survivals : year.survivals) + v);
      const __m256 claims = quantiles(table, buckets + v, survival);
      const __m256 share = paid_shares(shares, back, load(year.words + v), claims);
      add(v, _mm256_mul_ps(_mm256_mul_ps(_mm256_mul_ps(claims, share), scale),
                           _mm256_load_ps(members.years.severity[back] + v)));
    }
  }
};

/// Survivals of the year before `year`, which are the same where a coin says so.
CORRIDOR_HD void go_back(const Basis& basis, std::uint32_t m, const std::uint32_t* words,
                         const std::uint32_t* coins, YearRow& year) {
  const __m256i shift = _mm256_set1_epi32(coin_shift(m));
  const __m256i limit = _mm256_set1_epi32(static_cast<int>(coin_limit(basis.persistence)));
  const __m256i some_persist = _mm256_set1_epi32(basis.persistence > 0 ? -1 : 0);
  for (std::uint32_t v = 0; v < block_years; v += lanes) {
    const __m256i coin = _mm256_sllv_epi32(load(coins + v), shift);
    const __m256i below = _mm256_cmpeq_epi32(_mm256_min_epu32(coin, limit), coin);
    const __m256 drawn = survival_of_words(load(words + v));
    const __m256 persists = _mm256_castsi256_ps(_mm256_and_si256(below, some_persist));
    _mm256_store_ps(year.survivals + v,
                    _mm256_blendv_ps(drawn, _mm256_load_ps(year.survivals + v), persists));
  }
  year.words = words;
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

/// Adds the years before the policy, cut at a person's limit, to `total`, and stores both.
CORRIDOR_HD void store_dollars(const Basis& basis, const float* total, const float* run_in,
                               std::uint32_t* total_row, std::uint32_t* run_in_row) {
  const __m256 limit = _mm256_set1_ps(basis.run_in_limit_usd);
  for (std::uint32_t v = 0; v < block_years; v += lanes) {
    const __m256 limited = _mm256_min_ps(_mm256_load_ps(run_in + v), limit);
    store(run_in_row + v, _mm256_castps_si256(limited));
    const __m256 sum = _mm256_add_ps(_mm256_load_ps(total + v), limited);
    store(total_row + v, _mm256_castps_si256(sum));
  }
}

/// eligible_member where no word needs refining, or for the years where none does.
template <bool is_thinned, std::uint32_t prior>
CORRIDOR_HD void look_up_dollars(const EligibleMember& member, std::uint32_t m,
                                 std::uint32_t* own_words, PriorWords& words) {
  const Basis& basis = *member.members.group.basis;
  YearRow year;
  year.words = own_words;
  for (std::uint32_t v = 0; v < block_years; v += lanes) {
    _mm256_store_ps(year.survivals + v, survival_of_words(load(own_words + v)));
  }
  alignas(32) float total[block_years], run_in[block_years];
  float* own = prior == 0 ? reinterpret_cast<float*>(own_words) : total;
  member.usd<is_thinned>(0, year,
                         [&](std::uint32_t v, __m256 usd) { _mm256_store_ps(own + v, usd); });
  for (std::uint32_t j = 0; j < prior; ++j) {
    go_back(basis, m, words.rows[j][m], words.coins[j][m / 2], year);
    member.usd<is_thinned>(1 + j, year, [&](std::uint32_t v, __m256 usd) {
      const __m256 later = j == 0 ? _mm256_setzero_ps() : _mm256_load_ps(run_in + v);
      _mm256_store_ps(run_in + v, _mm256_add_ps(later, usd));
    });
  }
  if (prior > 0) store_dollars(basis, total, run_in, own_words, words.rows[0][m]);
}

/// See BlockLane.
template <bool is_thinned, std::uint32_t prior>
CORRIDOR_HD std::uint64_t eligible_member(const BasisMembers& members, const MonthShares& shares,
                                          Chunk& chunk, PriorWords& words, std::uint32_t m) {
  const EligibleMember member{members, shares, members.group.members[members.first + m]};
  std::uint32_t* own_words = chunk.rows[m];
  bool refined = any_refined(own_words);
  for (std::uint32_t j = 0; j < prior; ++j) refined |= any_refined(words.rows[j][m]);
  if (__builtin_expect(!refined, 1)) {
    look_up_dollars<is_thinned, prior>(member, m, own_words, words);
    return 0;
  }
  const std::uint64_t rare = refined_years<prior>(chunk, words, m);
  LeftWords own{rare, {}}, before{rare, {}};
  own.save(own_words);
  before.save(words.rows[0][m]);
  look_up_dollars<is_thinned, prior>(member, m, own_words, words);
  own.restore(own_words);
  if (prior > 0) before.restore(words.rows[0][m]);
  return rare;
}

}  // namespace corridor::cpu::avx2_lanes
