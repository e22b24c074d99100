// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <immintrin.h>

#include "kernels/cpu/avx2_eligible.hpp"
#include "kernels/cpu/block_lane.hpp"
#include "kernels/cpu/row_tally.hpp"
#include "kernels/cpu/year_stream.hpp"

namespace corridor::cpu {
namespace {

using namespace avx2_lanes;

/// See YearStream. Years of even 32-bit lanes are one half, those of odd lanes the other.
struct PhiloxVectors {
  using Vector = __m256i;
  static constexpr std::uint32_t lanes = 8;
  static constexpr std::uint32_t in_flight = 1;

  CORRIDOR_HD static Vector all(std::uint64_t word) { return avx2_lanes::all(word); }
  CORRIDOR_HD static Vector multiply(Vector a, Vector b) { return _mm256_mul_epu32(a, b); }
  CORRIDOR_HD static Vector high(Vector a) { return _mm256_srli_epi64(a, 32); }
  CORRIDOR_HD static Vector xor2(Vector a, Vector b) { return _mm256_xor_si256(a, b); }
  CORRIDOR_HD static Vector xor3(Vector a, Vector b, Vector c) { return xor2(a, xor2(b, c)); }
  CORRIDOR_HD static Vector years(std::uint32_t first, int half) {
    const __m256i years = _mm256_add_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7),
                                           _mm256_set1_epi32(static_cast<int>(first)));
    return half == 0 ? years : high(years);
  }
  CORRIDOR_HD static void store(std::uint32_t* row, Vector even, Vector odd) {
    avx2_lanes::store(row, _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA));
  }
};

constexpr std::uint32_t money_lanes = 4;

/// Sums of amounts in four lanes; see HalvesSums.
struct LaneSums {
  __m256i sum, low_low, low_high, high_high, hits, seen;

  CORRIDOR_HD void add(__m256i amounts) {
    const __m256i low = _mm256_and_si256(amounts, all((1u << half_bits) - 1));
    const __m256i upper = _mm256_srli_epi64(amounts, half_bits);
    sum = _mm256_add_epi64(sum, amounts);
    low_low = _mm256_add_epi64(low_low, _mm256_mul_epu32(low, low));
    low_high = _mm256_add_epi64(low_high, _mm256_mul_epu32(low, upper));
    high_high = _mm256_add_epi64(high_high, _mm256_mul_epu32(upper, upper));
    hits = _mm256_sub_epi64(hits, _mm256_cmpgt_epi64(amounts, _mm256_setzero_si256()));
    seen = _mm256_or_si256(seen, amounts);
  }
};

CORRIDOR_HD std::uint64_t total(__m256i sums) {
  alignas(32) std::uint64_t lane[money_lanes];
  store(lane, sums);
  return lane[0] + lane[1] + lane[2] + lane[3];
}

CORRIDOR_HD bool narrow(__m256i seen) {
  const __m256i upper = _mm256_srli_epi64(seen, 2 * half_bits);
  return _mm256_testz_si256(upper, upper) != 0;
}

/// For each set of lanes, which 32-bit halves come first when those lanes are packed.
struct PackOrder {
  alignas(32) std::int32_t half[16][8];
};

constexpr PackOrder pack_order() {
  PackOrder order{};
  for (int set = 0; set < 16; ++set) {
    int next = 0;
    for (int lane = 0; lane < 4; ++lane) {
      if ((set >> lane & 1) == 0) continue;
      order.half[set][next++] = 2 * lane;
      order.half[set][next++] = 2 * lane + 1;
    }
  }
  return order;
}

constexpr PackOrder order_of_lanes = pack_order();

/// For each set of eight lanes, the lanes in it.
struct LanesOfSet {
  alignas(8) std::uint8_t lane[256][8];
};

constexpr LanesOfSet lanes_of_set() {
  LanesOfSet sets{};
  for (int set = 0; set < 256; ++set) {
    int next = 0;
    for (int lane = 0; lane < 8; ++lane) {
      if (set >> lane & 1) sets.lane[set][next++] = static_cast<std::uint8_t>(lane);
    }
  }
  return sets;
}

constexpr LanesOfSet packed_lanes = lanes_of_set();

struct Avx2 {
  using Stream = YearStream<PhiloxVectors>;
  using Shares = MonthShares;

  CORRIDOR_HD static void tally(const Cents* amounts, std::uint32_t years, CellTally& cell) {
    LaneSums sums{};
    const std::uint32_t whole = years - years % money_lanes;
    for (std::uint32_t y = 0; y < whole; y += money_lanes) {
      sums.add(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(amounts + y)));
    }
    const bool fits = narrow(sums.seen);
    for (std::uint32_t y = fits ? whole : 0; y < years; ++y) cell.add(amounts[y]);
    if (!fits) return;
    HalvesSums{total(sums.sum), total(sums.low_low), total(sums.low_high), total(sums.high_high),
               total(sums.hits)}
        .add_to(cell);
  }

  CORRIDOR_HD static void keep(const Cents* amounts, std::uint32_t years, FigureSlot& slot) {
    const __m256i least = _mm256_set1_epi64x(slot.keep_above);
    const std::uint32_t whole = years - years % money_lanes;
    for (std::uint32_t y = 0; y < whole; y += money_lanes) {
      const __m256i some = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(amounts + y));
      const auto kept = static_cast<unsigned>(
          _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(some, least))));
      const __m256i packed = _mm256_permutevar8x32_epi32(some, load(order_of_lanes.half[kept]));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(slot.kept + slot.kept_count), packed);
      slot.kept_count += static_cast<std::size_t>(__builtin_popcount(kept));
    }
    for (std::uint32_t y = whole; y < years; ++y) {
      if (amounts[y] > slot.keep_above) slot.kept[slot.kept_count++] = amounts[y];
    }
  }

  template <bool is_thinned>
  CORRIDOR_HD static void claims(const ChunkMembers& members, const BlockEffects& effects,
                                 Chunk& chunk, double* total_usd) {
    for (std::uint32_t m = 0; m < members.count; ++m) {
      std::uint32_t* row = chunk.rows[m];
      if (__builtin_expect(any_refined(row), 0)) {
        for (std::uint32_t y = 0; y < block_years; ++y) {
          row[y] = bits_of(rare_claim(members, m, y, row[y], effects.inverse_frequency[y]));
        }
      } else {
        look_up_member<is_thinned>(members, effects, m, row);
      }
    }
    sum_and_list(members.count, effects, chunk, total_usd);
  }

  CORRIDOR_HD static void sum_and_list(std::uint32_t count, const BlockEffects& effects,
                                       Chunk& chunk, double* total_usd) {
    __m256 sums[vectors];
    for (auto& sum : sums) sum = _mm256_setzero_ps();
    std::uint32_t listed = 0;
    __m256i at = _mm256_setzero_si256();
    for (std::uint32_t m = 0; m < count; ++m) {
#pragma GCC unroll 8
      for (std::uint32_t v = 0; v < vectors; ++v) {
        const __m256 claims = _mm256_castsi256_ps(load(chunk.rows[m] + v * lanes));
        sums[v] = _mm256_add_ps(sums[v], claims);
        const auto over = static_cast<unsigned>(_mm256_movemask_ps(
            _mm256_cmp_ps(claims, _mm256_load_ps(effects.floor_usd + v * lanes), _CMP_GT_OQ)));
        const __m128i packed =
            _mm_loadl_epi64(reinterpret_cast<const __m128i*>(packed_lanes.lane[over]));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(chunk.listed + listed),
                            _mm256_add_epi32(at, _mm256_cvtepu8_epi32(packed)));
        listed += static_cast<std::uint32_t>(__builtin_popcount(over));
        at = _mm256_add_epi32(at, _mm256_set1_epi32(lanes));
      }
    }
    chunk.listed_count = listed;
    flush(sums, total_usd);
  }

  CORRIDOR_HD static void add_up(std::uint32_t count, const std::uint32_t (*rows)[block_years],
                                 double* total_usd) {
    __m256 sums[vectors];
    for (auto& sum : sums) sum = _mm256_setzero_ps();
    for (std::uint32_t m = 0; m < count; ++m) {
#pragma GCC unroll 8
      for (std::uint32_t v = 0; v < vectors; ++v) {
        sums[v] = _mm256_add_ps(sums[v], _mm256_castsi256_ps(load(rows[m] + v * lanes)));
      }
    }
    flush(sums, total_usd);
  }

  template <bool is_thinned, std::uint32_t prior>
  CORRIDOR_HD static void eligible(const BasisMembers& members, const Shares& shares, Chunk& chunk,
                                   PriorWords& words, RareLanes& rare) {
    for (std::uint32_t m = 0; m < members.count; ++m) {
      rare.note(m, eligible_member<is_thinned, prior>(members, shares, chunk, words, m));
    }
  }

  template <std::uint32_t count>
  CORRIDOR_HD static void add_excesses(Cents cents, const Cents* thresholds, Cents* excess) {
    const __m256i amount = _mm256_set1_epi64x(cents);
    for (std::uint32_t k = 0; k < count; k += money_lanes) {
      const __m256i over = _mm256_sub_epi64(amount, load(thresholds + k));
      const __m256i below = _mm256_cmpgt_epi64(_mm256_setzero_si256(), over);
      store(excess + k, _mm256_add_epi64(load(excess + k), _mm256_andnot_si256(below, over)));
    }
  }

  CORRIDOR_HD static void store_transposed(const Cents* from, std::uint64_t from_stride, Cents* to,
                                           std::uint64_t to_stride) {
    store_transposed_plainly(from, from_stride, to, to_stride);
  }

 private:
  template <bool is_thinned>
  CORRIDOR_HD static void look_up_member(const ChunkMembers& members, const BlockEffects& effects,
                                         std::uint32_t m, std::uint32_t* row) {
    const Member& member = members.group.members[members.first + m];
    const Bucket* table = members.group.tables + std::size_t{member.table} * bucket_count;
    const __m256 scale = _mm256_set1_ps(member.scale);
    const __m256 inverse_exposure = _mm256_set1_ps(member.inverse_exposure);
    // Two loops, or the compiler takes the indices out of a register one by one.
    alignas(32) float survivals[block_years];
    alignas(32) std::uint32_t buckets[block_years];
    for (std::uint32_t v = 0; v < block_years; v += lanes) {
      __m256 survival = survival_of_words(load(row + v));
      if (is_thinned) {
        survival =
            thinned(survival, inverse_exposure, _mm256_load_ps(effects.inverse_frequency + v));
      }
      _mm256_store_ps(survivals + v, survival);
      store(buckets + v, bucket_indices(survival));
    }
    for (std::uint32_t v = 0; v < block_years; v += lanes) {
      const __m256 claims = quantiles(table, buckets + v, _mm256_load_ps(survivals + v));
      _mm256_store_ps(reinterpret_cast<float*>(row + v), _mm256_mul_ps(claims, scale));
    }
  }

  CORRIDOR_HD static void flush(const __m256* sums, double* total_usd) {
    for (std::uint32_t v = 0; v < vectors; ++v) {
      double* total = total_usd + v * lanes;
      const __m256d low = _mm256_cvtps_pd(_mm256_castps256_ps128(sums[v]));
      const __m256d high_half = _mm256_cvtps_pd(_mm256_extractf128_ps(sums[v], 1));
      _mm256_store_pd(total, _mm256_add_pd(_mm256_load_pd(total), low));
      _mm256_store_pd(total + 4, _mm256_add_pd(_mm256_load_pd(total + 4), high_half));
    }
  }
};

}  // namespace

const InstructionSet avx2{"avx2", simulate_blocks<Avx2>, tally_column<Avx2>, tally_row<Avx2>};

}  // namespace corridor::cpu
