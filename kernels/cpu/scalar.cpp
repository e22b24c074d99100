// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "kernels/cpu/block_lane.hpp"
#include "kernels/cpu/fused_in_double.hpp"
#include "kernels/cpu/row_tally.hpp"
#include "kernels/cpu/year_stream.hpp"

namespace corridor::cpu {
namespace {

/// See YearStream. Vectors of the compiler's own, which every processor has in some form.
struct PhiloxVectors {
  using Vector [[gnu::vector_size(16)]] = std::uint64_t;
  static constexpr std::uint32_t lanes = 4;
  static constexpr std::uint32_t in_flight = 1;

  CORRIDOR_HD static Vector all(std::uint64_t word) { return Vector{word, word}; }
  CORRIDOR_HD static Vector multiply(Vector a, Vector b) {
#if defined(__SSE2__)
    return Vector(_mm_mul_epu32(__m128i(a), __m128i(b)));
#else
    return (a & 0xffffffffu) * (b & 0xffffffffu);
#endif
  }
  CORRIDOR_HD static Vector high(Vector a) { return a >> 32; }
  CORRIDOR_HD static Vector xor2(Vector a, Vector b) { return a ^ b; }
  CORRIDOR_HD static Vector xor3(Vector a, Vector b, Vector c) { return a ^ (b ^ c); }
  CORRIDOR_HD static Vector years(std::uint32_t first, int half) {
    const std::uint32_t year = first + 2 * static_cast<std::uint32_t>(half);
    return Vector{year, year + 1};
  }
  CORRIDOR_HD static void store(std::uint32_t* row, Vector first, Vector second) {
#if defined(__SSE2__)
    const __m128 words = _mm_shuffle_ps(__m128(first), __m128(second), _MM_SHUFFLE(2, 0, 2, 0));
    _mm_store_si128(reinterpret_cast<__m128i*>(row), _mm_castps_si128(words));
#else
    for (int i = 0; i < 2; ++i) {
      row[i] = static_cast<std::uint32_t>(first[i]);
      row[2 + i] = static_cast<std::uint32_t>(second[i]);
    }
#endif
  }
};

/// Shares by slot: a word's spare bits are the place of both.
struct SlotShares {
  float small[basis_years_max][month_slots];  ///< [year before][slot]
  float large_less_small[basis_years_max][month_slots];

  bool prepare(const Basis& basis) {
    for (std::uint32_t back = 0; back <= basis.prior_years; ++back) {
      for (std::uint32_t slot = 0; slot < month_slots; ++slot) {
        const std::uint32_t month = month_of(basis.months, slot);
        small[back][slot] = basis.shares[back].small[month];
        large_less_small[back][slot] = basis.shares[back].large_less_small[month];
      }
    }
    return true;
  }

  /// paid_share of a block of years by the words' spare bits. Most claims are small, and which ones
  /// are not cannot be foretold: all are taken for small ones first.
  CORRIDOR_HD void of(std::uint32_t back, const std::uint32_t* __restrict words,
                      const float* __restrict claims, float* __restrict share) const {
    for (std::uint32_t y = 0; y < block_years; ++y) share[y] = small[back][words[y] % month_slots];
    std::uint8_t is_large[block_years];
    std::uint64_t large_of_eight[block_years / 8];
    for (std::uint32_t y = 0; y < block_years; ++y) {
      is_large[y] = claims[y] * small_claims_per_usd > 1.0f ? 1 : 0;
    }
    __builtin_memcpy(large_of_eight, is_large, sizeof is_large);
    std::uint64_t large = 0;
    for (std::uint32_t e = 0; e < block_years / 8; ++e) {
      large |= (large_of_eight[e] * 0x0102040810204080ull >> 56) << (8 * e);  // a bit a byte
    }
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first year's byte is the lowest");
    for (; large != 0; large &= large - 1) {
      const auto y = static_cast<std::uint32_t>(__builtin_ctzll(large));
      share[y] =
          fused(large_weight(claims[y]), large_less_small[back][words[y] % month_slots], share[y]);
    }
  }
};

struct Portable {
  using Stream = YearStream<PhiloxVectors>;
  using Shares = SlotShares;

  CORRIDOR_HD static void tally(const Cents* amounts, std::uint32_t years, CellTally& cell) {
    HalvesSums sums{};
    std::uint64_t seen = 0;
    for (std::uint32_t y = 0; y < years; ++y) {
      const auto amount = static_cast<std::uint64_t>(amounts[y]);
      const auto low = static_cast<std::uint32_t>(amount & ((1u << half_bits) - 1));
      const auto upper = static_cast<std::uint32_t>(amount >> half_bits);
      sums.sum += amount;
      sums.low_low += std::uint64_t{low} * low;
      sums.low_high += std::uint64_t{low} * upper;
      sums.high_high += std::uint64_t{upper} * upper;
      sums.hits += amounts[y] > 0 ? 1 : 0;
      seen |= amount;
    }
    if (seen < narrow_amounts) {
      sums.add_to(cell);
    } else {
      for (std::uint32_t y = 0; y < years; ++y) cell.add(amounts[y]);
    }
  }

  CORRIDOR_HD static void keep(const Cents* amounts, std::uint32_t years, FigureSlot& slot) {
    std::size_t kept = slot.kept_count;
    for (std::uint32_t y = 0; y < years; ++y) {
      slot.kept[kept] = amounts[y];
      kept += amounts[y] > slot.keep_above ? 1 : 0;
    }
    slot.kept_count = kept;
  }

  template <bool thinned>
  CORRIDOR_HD static void claims(const ChunkMembers& members, const BlockEffects& effects,
                                 Chunk& chunk, double* total_usd) {
    float sums[block_years] = {};
    std::uint32_t listed = 0;
    for (std::uint32_t m = 0; m < members.count; ++m) {
      float claims[block_years];
      look_up_member<thinned>(members, effects, m, chunk.rows[m], claims);
      for (std::uint32_t y = 0; y < block_years; ++y) sums[y] += claims[y];
      for (std::uint32_t y = 0; y < block_years; ++y) chunk.rows[m][y] = bits_of(claims[y]);
      list(claims, effects.floor_usd, m * block_years, chunk, listed);
    }
    chunk.listed_count = listed;
    for (std::uint32_t y = 0; y < block_years; ++y) total_usd[y] += static_cast<double>(sums[y]);
  }

  CORRIDOR_HD static void sum_and_list(std::uint32_t count, const BlockEffects& effects,
                                       Chunk& chunk, double* total_usd) {
    std::uint32_t listed = 0;
    for (std::uint32_t m = 0; m < count; ++m) {
      float claims[block_years];
      for (std::uint32_t y = 0; y < block_years; ++y) claims[y] = float_from_bits(chunk.rows[m][y]);
      list(claims, effects.floor_usd, m * block_years, chunk, listed);
    }
    chunk.listed_count = listed;
    add_up(count, chunk.rows, total_usd);
  }

  CORRIDOR_HD static void add_up(std::uint32_t count, const std::uint32_t (*rows)[block_years],
                                 double* total_usd) {
    float sums[block_years] = {};
    for (std::uint32_t m = 0; m < count; ++m) {
      for (std::uint32_t y = 0; y < block_years; ++y) sums[y] += float_from_bits(rows[m][y]);
    }
    for (std::uint32_t y = 0; y < block_years; ++y) total_usd[y] += static_cast<double>(sums[y]);
  }

  template <bool thinned, std::uint32_t prior>
  CORRIDOR_HD static void eligible(const BasisMembers& members, const Shares& shares, Chunk& chunk,
                                   PriorWords& words, RareLanes& rare) {
    for (std::uint32_t m = 0; m < members.count; ++m) {
      rare.note(m, eligible_member<thinned, prior>(members, shares, chunk, words, m));
    }
  }

  template <std::uint32_t count>
  CORRIDOR_HD static void add_excesses(Cents cents, const Cents* thresholds, Cents* excess) {
    for (std::uint32_t k = 0; k < count; ++k) excess[k] += excess_over(cents, thresholds[k]);
  }

  CORRIDOR_HD static void store_transposed(const Cents* from, std::uint64_t from_stride, Cents* to,
                                           std::uint64_t to_stride) {
    store_transposed_plainly(from, from_stride, to, to_stride);
  }

 private:
  /// A member of `eligible`: a bit for each year that is left to the lane's own function.
  template <bool thinned, std::uint32_t prior>
  CORRIDOR_HD static std::uint64_t eligible_member(const BasisMembers& members,
                                                   const Shares& shares, Chunk& chunk,
                                                   PriorWords& words, std::uint32_t m) {
    const Basis& basis = *members.group.basis;
    std::uint32_t* own_words = chunk.rows[m];
    float survivals[block_years], total[block_years], run_in[block_years], usd[block_years];
    for (std::uint32_t y = 0; y < block_years; ++y) survivals[y] = survival_of(own_words[y]);
    bool in_doubt = look_up_eligible<thinned>(members, shares, m, 0, survivals, own_words, total);
    for (std::uint32_t j = 0; j < prior; ++j) {
      const std::uint32_t* before = words.rows[j][m];
      go_back(basis.persistence, before, survivals);
      in_doubt |= look_up_eligible<thinned>(members, shares, m, 1 + j, survivals, before,
                                            j == 0 ? run_in : usd);
      for (std::uint32_t y = 0; j > 0 && y < block_years; ++y) run_in[y] += usd[y];
    }
    if (in_doubt) return ~std::uint64_t{0};
    const bool refined = any_refined<prior>(chunk, words, m);
    const std::uint64_t left = refined ? refined_years<prior>(chunk, words, m) : 0;
    if (prior > 0) add_run_in(basis.run_in_limit_usd, left, run_in, total, words.rows[0][m]);
    store_claims(left, total, own_words);
    return left;
  }

  /// Lists the claims of a member above the floor; most runs of eight years have none.
  CORRIDOR_HD static void list(const float* claims, const float* floor_usd, std::uint32_t first,
                               Chunk& chunk, std::uint32_t& listed) {
    std::uint8_t over[block_years];
    std::uint64_t over_eight[block_years / 8];
    for (std::uint32_t y = 0; y < block_years; ++y) over[y] = claims[y] > floor_usd[y] ? 1 : 0;
    __builtin_memcpy(over_eight, over, sizeof over);
    for (std::uint32_t e = 0; e < block_years / 8; ++e) {
      if (over_eight[e] == 0) continue;
      for (std::uint32_t y = 8 * e; y < 8 * e + 8; ++y) {
        chunk.listed[listed] = first + y;
        listed += over[y];
      }
    }
  }

  template <std::uint32_t prior>
  CORRIDOR_HD static bool any_refined(const Chunk& chunk, const PriorWords& words,
                                      std::uint32_t m) {
    std::uint32_t refined = 0;
    for (std::uint32_t y = 0; y < block_years; ++y) {
      refined |= needs_refining(chunk.rows[m][y]) ? 1u : 0u;
      for (std::uint32_t j = 0; j < prior; ++j) {
        refined |= needs_refining(words.rows[j][m][y]) ? 1u : 0u;
      }
    }
    return refined != 0;
  }

  /// Survivals of the year before. Chosen by masks: what repeats cannot be foretold.
  CORRIDOR_HD static void go_back(const Persistence& persistence,
                                  const std::uint32_t* __restrict words,
                                  float* __restrict survivals) {
    const float new_below = persistence.new_below, stretch = persistence.stretch;
    for (std::uint32_t y = 0; y < block_years; ++y) {
      const float drawn = survival_of(words[y]);
      const std::uint32_t mask = drawn > new_below ? ~0u : 0u;
      const std::uint32_t fresh = bits_of(drawn * stretch);
      survivals[y] = float_from_bits((bits_of(survivals[y]) & mask) | (fresh & ~mask));
    }
  }

  /// eligible_usd of a member in a year; whether some of it is in doubt.
  template <bool thinned>
  CORRIDOR_HD static bool look_up_eligible(const BasisMembers& members, const SlotShares& shares,
                                           std::uint32_t m, std::uint32_t back,
                                           const float* __restrict survivals,
                                           const std::uint32_t* __restrict words,
                                           float* __restrict usd) {
    const Member& member = members.group.members[members.first + m];
    const Bucket* table = members.group.tables + std::size_t{member.table} * bucket_count;
    const BasisYears& years = members.years;
    std::uint32_t doubt = 0;
    float claims[block_years], share[block_years];
    for (std::uint32_t y = 0; y < block_years; ++y) {
      float survival = survivals[y];
      if (thinned) {
        survival =
            thinned_survival(survival, member.inverse_exposure, years.inverse_frequency[back][y]);
      }
      const Bucket bucket = table[bucket_index(survival)];
#if defined(__FP_FAST_FMAF)
      claims[y] = fused(bucket.slope, survival, bucket.intercept);
#else
      const FusedInDouble sum(bucket.slope, survival, bucket.intercept);
      claims[y] = sum.value();
      doubt |= sum.in_doubt() ? 1u : 0u;
#endif
    }
    shares.of(back, words, claims, share);
    for (std::uint32_t y = 0; y < block_years; ++y) {
      usd[y] = member.scale * years.severity[back][y] * claims[y] * share[y];
    }
    return doubt != 0;
  }

  /// Adds the years before the policy, cut at a person's limit, to `total`, and stores them.
  CORRIDOR_HD static void add_run_in(float limit_usd, std::uint64_t left, float* __restrict run_in,
                                     float* __restrict total, std::uint32_t* __restrict row) {
    for (std::uint32_t y = 0; y < block_years; ++y) {
      run_in[y] = run_in[y] < limit_usd ? run_in[y] : limit_usd;
      total[y] += run_in[y];
    }
    store_claims(left, run_in, row);
  }

  /// Bits of claims, but for years that are left to the lane's own function.
  CORRIDOR_HD static void store_claims(std::uint64_t left, const float* __restrict claims,
                                       std::uint32_t* __restrict row) {
    if (__builtin_expect(left == 0, 1)) {
      for (std::uint32_t y = 0; y < block_years; ++y) row[y] = bits_of(claims[y]);
      return;
    }
    for (std::uint32_t y = 0; y < block_years; ++y) {
      row[y] = left >> y & 1 ? row[y] : bits_of(claims[y]);
    }
  }

  template <bool thinned>
  CORRIDOR_HD static void look_up_member(const ChunkMembers& members, const BlockEffects& effects,
                                         std::uint32_t m, const std::uint32_t* words,
                                         float* claims) {
    const Member& member = members.group.members[members.first + m];
    const Bucket* table = members.group.tables + std::size_t{member.table} * bucket_count;
    float survivals[block_years];
    std::uint32_t by_the_lane = 0;
    for (std::uint32_t y = 0; y < block_years; ++y) {
      survivals[y] = survival_of(words[y]);
      by_the_lane |= needs_refining(words[y]) ? 1u : 0u;
      if (thinned) {
        survivals[y] =
            thinned_survival(survivals[y], member.inverse_exposure, effects.inverse_frequency[y]);
      }
    }
    for (std::uint32_t y = 0; y < block_years; ++y) {
      const Bucket bucket = table[bucket_index(survivals[y])];
#if defined(__FP_FAST_FMAF)
      claims[y] = fused(bucket.slope, survivals[y], bucket.intercept) * member.scale;
#else
      const FusedInDouble claim(bucket.slope, survivals[y], bucket.intercept);
      claims[y] = claim.value() * member.scale;
      by_the_lane |= claim.in_doubt() ? 1u : 0u;
#endif
    }
    if (by_the_lane == 0) return;
    for (std::uint32_t y = 0; y < block_years; ++y) {
      claims[y] = rare_claim(members, m, y, words[y], effects.inverse_frequency[y]);
    }
  }
};

}  // namespace

const InstructionSet scalar{"scalar", simulate_blocks<Portable>, tally_column<Portable>,
                            tally_row<Portable>};

}  // namespace corridor::cpu
