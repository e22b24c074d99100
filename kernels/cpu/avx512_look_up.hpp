// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <immintrin.h>

#include "kernels/cpu/block.hpp"

namespace corridor::cpu::avx512_lanes {

inline constexpr std::uint32_t lanes = 16;
inline constexpr std::uint32_t vectors = block_years / lanes;

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

inline constexpr int scaled_head_bits =
    static_cast<int>(first_head_bits + (32u << buckets_per_octave_log2));

struct Looked {
  __m512 claims;   ///< of scale 1
  __mmask16 rare;  ///< lanes that are not in the head
};

template <bool thinned>
CORRIDOR_HD Looked look_up(const HeadRegisters& head, __m512 survival) {
  const __m512i bits = _mm512_srli_epi32(_mm512_castps_si512(survival), bucket_shift);
  const __mmask16 upper = _mm512_test_epi32_mask(bits, _mm512_set1_epi32(32));
  const __m512 intercept = pick(head.intercept, bits, upper);
  const __m512 slope = pick(head.slope, bits, upper);
  const __m512 claims = _mm512_fmadd_ps(slope, survival, intercept);
  const __mmask16 rare = _mm512_cmplt_epi32_mask(bits, _mm512_set1_epi32(scaled_head_bits));
  if (!thinned) return {claims, rare};
  // Survival 1 or more is no claim.
  const __mmask16 below_one = _mm512_cmp_ps_mask(survival, _mm512_set1_ps(0x1p32f), _CMP_LT_OQ);
  return {_mm512_maskz_mov_ps(below_one, claims), rare};
}

}  // namespace corridor::cpu::avx512_lanes
