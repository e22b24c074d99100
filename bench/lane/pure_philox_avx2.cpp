// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <immintrin.h>

#include "bench/lane/pure_philox_vector.hpp"

namespace corridor::bench {
namespace {

struct Avx2 {
  using Vector = __m256i;
  static constexpr std::uint32_t lanes = 8;

  CORRIDOR_HD static Vector all(std::uint32_t word) { return _mm256_set1_epi64x(word); }
  CORRIDOR_HD static Vector multiply(Vector a, Vector b) { return _mm256_mul_epu32(a, b); }
  CORRIDOR_HD static Vector high(Vector a) { return _mm256_srli_epi64(a, 32); }
  CORRIDOR_HD static Vector xor2(Vector a, Vector b) { return _mm256_xor_si256(a, b); }
  CORRIDOR_HD static Vector xor3(Vector a, Vector b, Vector c) { return xor2(a, xor2(b, c)); }
  CORRIDOR_HD static Vector years(std::uint32_t first) {
    return _mm256_add_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7),
                            _mm256_set1_epi32(static_cast<int>(first)));
  }
  CORRIDOR_HD static std::uint32_t fold(Vector a) {
    alignas(32) std::uint64_t lane[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(lane), a);
    return static_cast<std::uint32_t>(lane[0] ^ lane[1] ^ lane[2] ^ lane[3]);
  }
};

}  // namespace

std::uint32_t pure_philox_avx2(std::uint32_t calls, std::uint32_t blocks, const RoundKeys& keys) {
  return VectorPhilox<Avx2>::run(calls, blocks, keys);
}

}  // namespace corridor::bench
