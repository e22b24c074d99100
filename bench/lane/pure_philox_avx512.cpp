// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <immintrin.h>

#include "bench/lane/pure_philox_vector.hpp"

namespace corridor::bench {
namespace {

struct Avx512 {
  using Vector = __m512i;
  static constexpr std::uint32_t lanes = 16;

  CORRIDOR_HD static Vector all(std::uint32_t word) { return _mm512_set1_epi64(word); }
  CORRIDOR_HD static Vector multiply(Vector a, Vector b) { return _mm512_mul_epu32(a, b); }
  CORRIDOR_HD static Vector high(Vector a) { return _mm512_srli_epi64(a, 32); }
  CORRIDOR_HD static Vector xor2(Vector a, Vector b) { return _mm512_xor_si512(a, b); }
  CORRIDOR_HD static Vector xor3(Vector a, Vector b, Vector c) {
    return _mm512_ternarylogic_epi64(a, b, c, 0x96);
  }
  CORRIDOR_HD static Vector years(std::uint32_t first) {
    return _mm512_add_epi32(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
                            _mm512_set1_epi32(static_cast<int>(first)));
  }
  CORRIDOR_HD static std::uint32_t fold(Vector a) {
    alignas(64) std::uint64_t lane[8];
    _mm512_store_si512(lane, a);
    std::uint64_t folded = 0;
    for (const std::uint64_t word : lane) folded ^= word;
    return static_cast<std::uint32_t>(folded);
  }
};

}  // namespace

std::uint32_t pure_philox_avx512(std::uint32_t calls, std::uint32_t blocks, const RoundKeys& keys) {
  return VectorPhilox<Avx512>::run(calls, blocks, keys);
}

}  // namespace corridor::bench
