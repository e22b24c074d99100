// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <immintrin.h>

#include "kernels/cpu/avx512_eligible.hpp"
#include "kernels/cpu/block_lane.hpp"
#include "kernels/cpu/row_tally.hpp"
#include "kernels/cpu/year_stream.hpp"

namespace corridor::cpu {
namespace {

using namespace avx512_lanes;

/// See YearStream. Years of even 32-bit lanes are one half, those of odd lanes the other.
struct PhiloxVectors {
  using Vector = __m512i;
  static constexpr std::uint32_t lanes = 16;
  static constexpr std::uint32_t in_flight = 2;

  CORRIDOR_HD static Vector all(std::uint64_t word) {
    return _mm512_set1_epi64(static_cast<long long>(word));
  }
  CORRIDOR_HD static Vector multiply(Vector a, Vector b) { return _mm512_mul_epu32(a, b); }
  CORRIDOR_HD static Vector high(Vector a) { return _mm512_srli_epi64(a, 32); }
  CORRIDOR_HD static Vector xor2(Vector a, Vector b) { return _mm512_xor_si512(a, b); }
  CORRIDOR_HD static Vector xor3(Vector a, Vector b, Vector c) {
    return _mm512_ternarylogic_epi64(a, b, c, 0x96);
  }
  CORRIDOR_HD static Vector years(std::uint32_t first, int half) {
    const __m512i iota = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i years = _mm512_add_epi32(iota, _mm512_set1_epi32(static_cast<int>(first)));
    return half == 0 ? years : high(years);
  }
  CORRIDOR_HD static void store(std::uint32_t* row, Vector even, Vector odd) {
    _mm512_store_ps(
        row, _mm512_mask_moveldup_ps(_mm512_castsi512_ps(even), 0xAAAA, _mm512_castsi512_ps(odd)));
  }
};

/// Sums of amounts in eight lanes; see HalvesSums.
struct LaneSums {
  __m512i sum, low_low, low_high, high_high, hits, seen;

  CORRIDOR_HD void add(__m512i amounts) {
    const __m512i low = _mm512_and_si512(amounts, _mm512_set1_epi64((1 << half_bits) - 1));
    const __m512i upper = _mm512_srli_epi64(amounts, half_bits);
    sum = _mm512_add_epi64(sum, amounts);
    low_low = _mm512_add_epi64(low_low, _mm512_mul_epu32(low, low));
    low_high = _mm512_add_epi64(low_high, _mm512_mul_epu32(low, upper));
    high_high = _mm512_add_epi64(high_high, _mm512_mul_epu32(upper, upper));
    hits = _mm512_add_epi64(hits, _mm512_min_epu64(amounts, _mm512_set1_epi64(1)));
    seen = _mm512_or_si512(seen, amounts);
  }
};

CORRIDOR_HD std::uint64_t total(__m512i lanes_of_sums) {
  return static_cast<std::uint64_t>(_mm512_reduce_add_epi64(lanes_of_sums));
}

constexpr std::uint32_t money_lanes = 8;

/// Lanes of the last, incomplete vector.
CORRIDOR_HD __mmask8 rest(std::uint32_t years) {
  return static_cast<__mmask8>((1u << years % money_lanes) - 1);
}

CORRIDOR_HD void append_above(__m512i amounts, __mmask8 valid, __m512i least, FigureSlot& slot) {
  const __mmask8 kept = _mm512_mask_cmpgt_epi64_mask(valid, amounts, least);
  _mm512_storeu_si512(slot.kept + slot.kept_count, _mm512_maskz_compress_epi64(kept, amounts));
  slot.kept_count += static_cast<std::size_t>(__builtin_popcount(kept));
}

struct Avx512 {
  using Stream = YearStream<PhiloxVectors>;
  using Shares = MonthShares;

  CORRIDOR_HD static void tally(const Cents* amounts, std::uint32_t years, CellTally& cell) {
    LaneSums sums{};
    const std::uint32_t whole = years - years % money_lanes;
    for (std::uint32_t y = 0; y < whole; y += money_lanes) {
      sums.add(_mm512_loadu_si512(amounts + y));
    }
    if (whole != years) sums.add(_mm512_maskz_loadu_epi64(rest(years), amounts + whole));
    if (static_cast<std::uint64_t>(_mm512_reduce_or_epi64(sums.seen)) >= narrow_amounts) {
      for (std::uint32_t y = 0; y < years; ++y) cell.add(amounts[y]);
      return;
    }
    HalvesSums{total(sums.sum), total(sums.low_low), total(sums.low_high), total(sums.high_high),
               total(sums.hits)}
        .add_to(cell);
  }

  CORRIDOR_HD static void keep(const Cents* amounts, std::uint32_t years, FigureSlot& slot) {
    const __m512i least = _mm512_set1_epi64(slot.keep_above);
    const std::uint32_t whole = years - years % money_lanes;
    for (std::uint32_t y = 0; y < whole; y += money_lanes) {
      append_above(_mm512_loadu_si512(amounts + y), 0xff, least, slot);
    }
    if (whole == years) return;
    const __mmask8 valid = rest(years);
    append_above(_mm512_maskz_loadu_epi64(valid, amounts + whole), valid, least, slot);
  }

  template <bool thinned>
  CORRIDOR_HD static void claims(const ChunkMembers& members, const BlockEffects& effects,
                                 Chunk& chunk, double* total_usd) {
    RareLanes rare;
    for (std::uint32_t m = 0; m < members.count; ++m) {
      rare.note(m, look_up_member<thinned>(members, effects, m, chunk.rows[m]));
    }
    rare.visit([&](std::uint32_t m, std::uint32_t year) {
      std::uint32_t& row = chunk.rows[m][year];
      row = bits_of(rare_claim(members, m, year, row, effects.inverse_frequency[year]));
    });
    sum_and_list(members.count, effects, chunk, total_usd);
  }

  /// Adds up a chunk's claims in member order and lists those above the floor.
  CORRIDOR_HD static void sum_and_list(std::uint32_t count, const BlockEffects& effects,
                                       Chunk& chunk, double* total_usd) {
    __m512 sums[vectors], floors[vectors];
    for (std::uint32_t v = 0; v < vectors; ++v) {
      sums[v] = _mm512_setzero_ps();
      floors[v] = _mm512_load_ps(effects.floor_usd + v * lanes);
    }
    std::uint32_t listed = 0;
    __m512i at = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (std::uint32_t m = 0; m < count; ++m) {
#pragma GCC unroll 4
      for (std::uint32_t v = 0; v < vectors; ++v) {
        const __m512 claims = _mm512_load_ps(chunk.rows[m] + v * lanes);
        sums[v] = _mm512_add_ps(sums[v], claims);
        const __mmask16 big = _mm512_cmp_ps_mask(claims, floors[v], _CMP_GT_OQ);
        _mm512_storeu_si512(chunk.listed + listed, _mm512_maskz_compress_epi32(big, at));
        listed += static_cast<std::uint32_t>(__builtin_popcount(big));
        at = _mm512_add_epi32(at, _mm512_set1_epi32(lanes));
      }
    }
    chunk.listed_count = listed;
    flush(sums, total_usd);
  }

  CORRIDOR_HD static void add_up(std::uint32_t count, const std::uint32_t (*rows)[block_years],
                                 double* total_usd) {
    __m512 sums[vectors];
    for (auto& sum : sums) sum = _mm512_setzero_ps();
    for (std::uint32_t m = 0; m < count; ++m) {
#pragma GCC unroll 4
      for (std::uint32_t v = 0; v < vectors; ++v) {
        sums[v] = _mm512_add_ps(sums[v], _mm512_load_ps(rows[m] + v * lanes));
      }
    }
    flush(sums, total_usd);
  }

  template <bool thinned, std::uint32_t prior>
  CORRIDOR_HD static void eligible(const BasisMembers& members, const Shares& shares, Chunk& chunk,
                                   PriorWords& words, RareLanes& rare) {
    eligible_members<thinned, prior>(members, shares, chunk, words, rare);
  }

  template <std::uint32_t count>
  CORRIDOR_HD static void add_excesses(Cents cents, const Cents* thresholds, Cents* excess) {
    const __m512i amount = _mm512_set1_epi64(cents);
    for (std::uint32_t k = 0; k < count; k += money_lanes) {
      const __m512i over = _mm512_sub_epi64(amount, _mm512_load_si512(thresholds + k));
      const __m512i sum = _mm512_add_epi64(_mm512_load_si512(excess + k),
                                           _mm512_max_epi64(over, _mm512_setzero_si512()));
      _mm512_store_si512(excess + k, sum);
    }
  }

  /// Pairs, then quarters, then halves change places.
  CORRIDOR_HD static void store_transposed(const Cents* from, std::uint64_t from_stride, Cents* to,
                                           std::uint64_t to_stride) {
    __m512i rows[8], pairs[8], quarters[8];
    for (int y = 0; y < 8; ++y) {
      rows[y] = _mm512_loadu_si512(from + static_cast<std::uint64_t>(y) * from_stride);
    }
    for (int y = 0; y < 8; y += 2) {
      pairs[y] = _mm512_unpacklo_epi64(rows[y], rows[y + 1]);
      pairs[y + 1] = _mm512_unpackhi_epi64(rows[y], rows[y + 1]);
    }
    for (int y = 0; y < 8; y += 4) {
      for (int odd = 0; odd < 2; ++odd) {
        quarters[y + odd] = _mm512_shuffle_i64x2(pairs[y + odd], pairs[y + 2 + odd], 0x88);
        quarters[y + 2 + odd] = _mm512_shuffle_i64x2(pairs[y + odd], pairs[y + 2 + odd], 0xDD);
      }
    }
    for (int k = 0; k < 4; ++k) {
      const auto at = static_cast<std::uint64_t>(k);
      _mm512_storeu_si512(to + at * to_stride,
                          _mm512_shuffle_i64x2(quarters[k], quarters[k + 4], 0x88));
      _mm512_storeu_si512(to + (at + 4) * to_stride,
                          _mm512_shuffle_i64x2(quarters[k], quarters[k + 4], 0xDD));
    }
  }

 private:
  /// Turns a member's words into claims, less the rare ones, whose words it leaves.
  template <bool thinned>
  CORRIDOR_HD static std::uint64_t look_up_member(const ChunkMembers& members,
                                                  const BlockEffects& effects, std::uint32_t m,
                                                  std::uint32_t* row) {
    const Member& member = members.group.members[members.first + m];
    const HeadRegisters head = load(members.heads[member.table]);
    const __m512 scale = _mm512_set1_ps(member.scale);
    std::uint64_t rare = 0;
#pragma GCC unroll 4
    for (std::uint32_t v = 0; v < vectors; ++v) {
      const __m512i words = _mm512_load_si512(row + v * lanes);
      __m512 survival = scaled_survival(words);
      __mmask16 refined = 0;
      if (thinned) {
        survival = _mm512_mul_ps(_mm512_mul_ps(survival, _mm512_set1_ps(member.inverse_exposure)),
                                 _mm512_load_ps(effects.inverse_frequency + v * lanes));
        // The inverse of a short exposure lifts a survival that is to be refined into the head.
        refined = _mm512_cmplt_epu32_mask(words, _mm512_set1_epi32(refine_below));
      }
      const Looked looked = look_up<thinned>(head, survival);
      const __m512 claims = _mm512_mul_ps(looked.claims, scale);
      const __mmask16 left = looked.rare | refined;
      _mm512_store_si512(row + v * lanes,
                         _mm512_mask_mov_epi32(_mm512_castps_si512(claims), left, words));
      rare |= static_cast<std::uint64_t>(left) << (v * lanes);
    }
    return rare;
  }

  CORRIDOR_HD static void flush(const __m512* sums, double* total_usd) {
    for (std::uint32_t v = 0; v < vectors; ++v) {
      double* total = total_usd + v * lanes;
      const __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(sums[v]));
      const __m512d high_half = _mm512_cvtps_pd(_mm512_extractf32x8_ps(sums[v], 1));
      _mm512_store_pd(total, _mm512_add_pd(_mm512_load_pd(total), low));
      _mm512_store_pd(total + 8, _mm512_add_pd(_mm512_load_pd(total + 8), high_half));
    }
  }
};

}  // namespace

const InstructionSet avx512{"avx512", simulate_blocks<Avx512>, tally_column<Avx512>,
                            tally_row<Avx512>};

}  // namespace corridor::cpu
