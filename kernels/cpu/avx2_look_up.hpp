// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <immintrin.h>

#include "kernels/cpu/block.hpp"

namespace corridor::cpu::avx2_lanes {

inline constexpr std::uint32_t lanes = 8;
inline constexpr std::uint32_t vectors = block_years / lanes;

CORRIDOR_HD __m256i load(const void* from) {
  return _mm256_load_si256(static_cast<const __m256i*>(from));
}
CORRIDOR_HD void store(void* to, __m256i value) {
  _mm256_store_si256(static_cast<__m256i*>(to), value);
}
CORRIDOR_HD __m256i all(std::uint64_t word) {
  return _mm256_set1_epi64x(static_cast<long long>(word));
}

/// survival_of, eight words at a time.
CORRIDOR_HD __m256 survival_of_words(__m256i words) {
  const __m256i bits = _mm256_or_si256(_mm256_srli_epi32(words, 9), _mm256_set1_epi32(0x3F800000));
  return _mm256_sub_ps(_mm256_castsi256_ps(bits), _mm256_set1_ps(1.0f - 0x1p-24f));
}

/// thinned_survival, eight at a time.
CORRIDOR_HD __m256 thinned(__m256 survival, __m256 inverse_exposure, __m256 inverse_frequency) {
  const __m256 product =
      _mm256_mul_ps(_mm256_mul_ps(survival, inverse_exposure), inverse_frequency);
  return _mm256_min_ps(_mm256_max_ps(product, _mm256_set1_ps(survival_floor)),
                       _mm256_set1_ps(1.0f));
}

/// Two buckets side by side.
CORRIDOR_HD __m128 pair(const Bucket& first, const Bucket& second) {
  const __m128d low = _mm_load_sd(reinterpret_cast<const double*>(&first));
  return _mm_castpd_ps(_mm_loadh_pd(low, reinterpret_cast<const double*>(&second)));
}

/// Top bits of eight survivals: their buckets, counted from first_bucket_bits on.
CORRIDOR_HD __m256i bucket_bits(__m256 survival) {
  return _mm256_srli_epi32(_mm256_castps_si256(survival), bucket_shift);
}

CORRIDOR_HD __m256i bucket_indices(__m256 survival) {
  return _mm256_sub_epi32(bucket_bits(survival),
                          _mm256_set1_epi32(static_cast<int>(first_bucket_bits)));
}

/// quantile, eight at a time, `at` their buckets counted from `first_bucket` on. Plain loads: a
/// bucket is one load of 8 bytes, a gather needs two.
template <std::size_t first_bucket = 0>
CORRIDOR_HD __m256 quantiles(const Bucket* table, const std::uint32_t* at, __m256 survival) {
  const auto two = [&](int i, int j) {
    return pair(table[at[i] - first_bucket], table[at[j] - first_bucket]);
  };
  const __m256 first = _mm256_set_m128(two(4, 5), two(0, 1));
  const __m256 second = _mm256_set_m128(two(6, 7), two(2, 3));
  const __m256 intercept = _mm256_shuffle_ps(first, second, 0x88);
  const __m256 slope = _mm256_shuffle_ps(first, second, 0xDD);
  return _mm256_fmadd_ps(slope, survival, intercept);
}

/// Whether some of the words that `least` is the least of, lane by lane, need refining.
CORRIDOR_HD bool some_need_refining(__m256i least) {
  const __m256i below = _mm256_srli_epi32(least, 18);
  return _mm256_movemask_epi8(_mm256_cmpeq_epi32(below, _mm256_setzero_si256())) != 0;
}

CORRIDOR_HD bool any_refined(const std::uint32_t* words) {
  __m256i least = load(words);
  for (std::uint32_t v = 1; v < vectors; ++v) {
    least = _mm256_min_epu32(least, load(words + v * lanes));
  }
  return some_need_refining(least);
}

}  // namespace corridor::cpu::avx2_lanes
