// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/lane/pure_philox.hpp"

namespace corridor::bench {

/// Philox on 32-bit words in 64-bit lanes; `V` gives Vector, lanes, all, multiply, high, xor2,
/// xor3, years and fold.
template <class V>
struct VectorPhilox {
  using Vector = typename V::Vector;
  struct State {
    Vector x, y, z, w;
  };

  CORRIDOR_HD static Vector words(Vector years, std::uint32_t call, const RoundKeys& keys) {
    State s{years, V::all(call), V::all(1), V::all(2)};
#pragma GCC unroll 10
    for (int round = 0; round < philox_rounds; ++round) {
      const Vector px = V::multiply(V::all(philox_multiplier_x), s.x);
      const Vector pz = V::multiply(V::all(philox_multiplier_z), s.z);
      s = {V::xor3(V::high(pz), s.y, V::all(keys.low[round])), pz,
           V::xor3(V::high(px), s.w, V::all(keys.high[round])), px};
    }
    return V::xor2(V::xor3(s.x, s.y, s.z), s.w);
  }

  CORRIDOR_HD static std::uint32_t run(std::uint32_t calls, std::uint32_t blocks,
                                       const RoundKeys& keys) {
    Vector folded = V::all(0);
    for (std::uint32_t year = 0; year < blocks * philox_block_years; year += V::lanes) {
      const Vector years = V::years(year);
      for (std::uint32_t call = 0; call < calls; ++call) {
        folded = V::xor3(folded, words(years, call, keys), words(V::high(years), call, keys));
      }
    }
    return V::fold(folded);
  }
};

}  // namespace corridor::bench
