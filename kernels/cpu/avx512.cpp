// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <immintrin.h>

#include "kernels/cpu/block_lane.hpp"
#include "kernels/cpu/row_tally.hpp"

namespace corridor::cpu {
namespace {

constexpr std::uint32_t lanes = 16;
constexpr std::uint32_t vectors = block_years / lanes;

/// Philox on 32-bit words in 64-bit lanes: a widening multiply reads low halves alone, so nothing
/// is masked. Years of even lanes and of odd lanes go in two halves.
struct Halves {
  __m512i x, y, z, w;
};

CORRIDOR_HD __m512i xor3(__m512i a, __m512i b, __m512i c) {
  return _mm512_ternarylogic_epi64(a, b, c, 0x96);
}
CORRIDOR_HD __m512i high(__m512i product) { return _mm512_srli_epi64(product, 32); }
CORRIDOR_HD __m512i all(std::uint64_t word) {
  return _mm512_set1_epi64(static_cast<long long>(word));
}

/// A round's keys in 64 bits, which the processor loads into all lanes at no cost.
struct WideKeys {
  std::uint64_t low, high;
};

CORRIDOR_HD void philox_round(Halves& c, const WideKeys& key) {
  const __m512i px = _mm512_mul_epu32(all(philox_multiplier_x), c.x);
  const __m512i pz = _mm512_mul_epu32(all(philox_multiplier_z), c.z);
  c.x = xor3(high(pz), c.y, all(key.low));
  c.y = pz;
  c.z = xor3(high(px), c.w, all(key.high));
  c.w = px;
}

/// Low words of the even half, and of the odd half in the high words.
CORRIDOR_HD __m512i merged(__m512i even, __m512i odd) {
  return _mm512_castps_si512(
      _mm512_mask_moveldup_ps(_mm512_castsi512_ps(even), 0xAAAA, _mm512_castsi512_ps(odd)));
}

/// What of the first three rounds depends on the year alone. The call's number enters word x of
/// round 1, so its two products of round 2 are the same for every year.
struct Prepared {
  __m512i z2, x3, z3, w3;  ///< less what the call adds
};

class Stream {
 public:
  CORRIDOR_HD void prepare(std::uint32_t first_year, Purpose purpose, StreamKey key,
                           const RoundKeys& keys) {
    for (int round = 0; round < philox_rounds; ++round) {
      keys_[round] = {keys.low[round], keys.high[round]};
    }
    const std::uint64_t pz = static_cast<std::uint64_t>(philox_multiplier_z) * key.low;
    x1_ = static_cast<std::uint32_t>(pz >> 32) ^ keys.low[0] ^ counter_y(purpose, 0);
    const auto y1 = static_cast<std::uint32_t>(pz);
    const __m512i iota = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (std::uint32_t v = 0; v < vectors; ++v) {
      const __m512i years =
          _mm512_add_epi32(iota, _mm512_set1_epi32(static_cast<int>(first_year + v * lanes)));
      prepared_[v][0] = prepare_half(years, y1, key, keys);
      prepared_[v][1] = prepare_half(high(years), y1, key, keys);
    }
  }

  CORRIDOR_HD void draw(std::uint32_t first_call, std::uint32_t calls,
                        std::uint32_t (*rows)[block_years]) const {
    WideKeys added[chunk_members / 4 + 1] = {};
    for (std::uint32_t call = 0; call < calls; ++call) {
      const std::uint64_t x1 = x1_ ^ (first_call + call);
      const std::uint64_t px = philox_multiplier_x * x1;
      added[call] = {px & 0xffffffffu, px >> 32};
    }
    for (std::uint32_t v = 0; v < vectors; ++v) {
      // Two calls in flight: one alone waits for its own multiplies.
      for (std::uint32_t call = 0; call < calls; call += 2) {
        Halves halves[4] = {third_round(prepared_[v][0], added[call]),
                            third_round(prepared_[v][1], added[call]),
                            third_round(prepared_[v][0], added[call + 1]),
                            third_round(prepared_[v][1], added[call + 1])};
#pragma GCC unroll 7
        for (int round = 3; round < philox_rounds; ++round) {
#pragma GCC unroll 4
          for (int h = 0; h < 4; ++h) philox_round(halves[h], keys_[round]);
        }
        store(halves[0], halves[1], rows + 4 * call, v);
        if (call + 1 < calls) store(halves[2], halves[3], rows + 4 * call + 4, v);
      }
    }
  }

 private:
  CORRIDOR_HD static void store(const Halves& even, const Halves& odd,
                                std::uint32_t (*rows)[block_years], std::uint32_t v) {
    _mm512_store_si512(rows[0] + v * lanes, merged(even.x, odd.x));
    _mm512_store_si512(rows[1] + v * lanes, merged(even.y, odd.y));
    _mm512_store_si512(rows[2] + v * lanes, merged(even.z, odd.z));
    _mm512_store_si512(rows[3] + v * lanes, merged(even.w, odd.w));
  }

  CORRIDOR_HD static Prepared prepare_half(__m512i years, std::uint32_t y1, StreamKey key,
                                           const RoundKeys& keys) {
    const __m512i px1 = _mm512_mul_epu32(all(philox_multiplier_x), years);
    const __m512i z1 = xor3(high(px1), all(key.high), all(keys.high[0]));
    const __m512i pz2 = _mm512_mul_epu32(all(philox_multiplier_z), z1);
    const __m512i x2 = xor3(high(pz2), all(y1), all(keys.low[1]));
    const __m512i px3 = _mm512_mul_epu32(all(philox_multiplier_x), x2);
    return {_mm512_xor_si512(px1, all(keys.high[1])), _mm512_xor_si512(pz2, all(keys.low[2])),
            _mm512_xor_si512(high(px3), all(keys.high[2])), px3};
  }

  CORRIDOR_HD static Halves third_round(const Prepared& prepared, const WideKeys& px2) {
    const __m512i z2 = _mm512_xor_si512(prepared.z2, all(px2.high));
    const __m512i pz3 = _mm512_mul_epu32(all(philox_multiplier_z), z2);
    return {_mm512_xor_si512(high(pz3), prepared.x3), pz3,
            _mm512_xor_si512(prepared.z3, all(px2.low)), prepared.w3};
  }

  WideKeys keys_[philox_rounds];
  std::uint32_t x1_;  ///< word x after round 1, less the call's number
  Prepared prepared_[vectors][2];
};

/// The likely buckets of one table in registers.
struct HeadRegisters {
  __m512 intercept[4], slope[4];
};

CORRIDOR_HD HeadRegisters load(const TableHead& head) {
  HeadRegisters registers;
  for (int i = 0; i < 4; ++i) {
    registers.intercept[i] = _mm512_load_ps(head.intercept + 16 * i);
    registers.slope[i] = _mm512_load_ps(head.slope + 16 * i);
  }
  return registers;
}

CORRIDOR_HD __m512 pick(const __m512 (&table)[4], __m512i index, __mmask16 upper) {
  return _mm512_mask_blend_ps(upper, _mm512_permutex2var_ps(table[0], index, table[1]),
                              _mm512_permutex2var_ps(table[2], index, table[3]));
}

/// Survival times 2^32 of sixteen words: the top 23 bits and one half, as survival_of has it.
CORRIDOR_HD __m512 scaled_survival(__m512i words) {
  const __m512i whole =
      _mm512_ternarylogic_epi32(words, _mm512_set1_epi32(-512), _mm512_set1_epi32(256), 0xEA);
  return _mm512_cvtepu32_ps(whole);
}

constexpr int scaled_head_bits =
    static_cast<int>(first_head_bits + (32u << buckets_per_octave_log2));

struct Looked {
  __m512 claims;
  __mmask16 rare;  ///< lanes that are not in the head
};

template <bool thinned>
CORRIDOR_HD Looked look_up(const HeadRegisters& head, __m512 survival, __m512 scale) {
  const __m512i bits = _mm512_srli_epi32(_mm512_castps_si512(survival), bucket_shift);
  const __mmask16 upper = _mm512_test_epi32_mask(bits, _mm512_set1_epi32(32));
  const __m512 intercept = pick(head.intercept, bits, upper);
  const __m512 slope = pick(head.slope, bits, upper);
  const __m512 claims = _mm512_mul_ps(_mm512_fmadd_ps(slope, survival, intercept), scale);
  const __mmask16 rare = _mm512_cmplt_epi32_mask(bits, _mm512_set1_epi32(scaled_head_bits));
  if (!thinned) return {claims, rare};
  // Survival 1 or more is no claim.
  const __mmask16 below_one = _mm512_cmp_ps_mask(survival, _mm512_set1_ps(0x1p32f), _CMP_LT_OQ);
  return {_mm512_maskz_mov_ps(below_one, claims), rare};
}

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

/// Lanes of a chunk that the heads do not serve: one draw in 256.
struct RareLanes {
  std::uint64_t lanes[chunk_members];  ///< [member], a bit a year

  CORRIDOR_HD void redraw(const ChunkMembers& members, const BlockEffects& effects,
                          std::uint32_t (*rows)[block_years]) const {
    for (std::uint32_t m = 0; m < members.count; ++m) {
      for (std::uint64_t left = lanes[m]; left != 0; left &= left - 1) {
        const auto year = static_cast<std::uint32_t>(__builtin_ctzll(left));
        rows[m][year] =
            bits_of(rare_claim(members, m, year, rows[m][year], effects.inverse_frequency[year]));
      }
    }
  }
};

struct Avx512 {
  using Stream = cpu::Stream;

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
      rare.lanes[m] = look_up_member<thinned>(members, effects, m, chunk.rows[m]);
    }
    rare.redraw(members, effects, chunk.rows);
    sum_and_list(members.count, effects, chunk, total_usd);
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
      const Looked looked = look_up<thinned>(head, survival, scale);
      const __mmask16 left = looked.rare | refined;
      _mm512_store_si512(row + v * lanes,
                         _mm512_mask_mov_epi32(_mm512_castps_si512(looked.claims), left, words));
      rare |= static_cast<std::uint64_t>(left) << (v * lanes);
    }
    return rare;
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
