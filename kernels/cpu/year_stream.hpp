// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/block.hpp"

namespace corridor::cpu {

/// Philox for a block of years in vectors of 64-bit lanes that hold 32-bit words: a widening
/// multiply reads low halves alone, so nothing is masked and high halves may hold anything. `V`
/// gives
///   Vector                      2 * years / 64-bit lanes; two of them are V::lanes years
///   all(word)                   a 64-bit word in every lane
///   multiply(a, b)              64-bit products of low halves
///   high(a)                     high halves moved low
///   xor2(a, b), xor3(a, b, c)
///   years(first, half)          half 0 or 1 of the years from `first` on
///   store(row, half0, half1)    the low halves of V::lanes years
///   in_flight                   calls drawn side by side, so that none waits for its own
///   multiplies
template <class V>
class YearStream {
 public:
  CORRIDOR_HD void prepare(std::uint32_t first_year, Purpose purpose, StreamKey key,
                           const RoundKeys& keys) {
    for (int round = 0; round < philox_rounds; ++round) {
      keys_[round] = {keys.low[round], keys.high[round]};
    }
    const std::uint64_t pz = static_cast<std::uint64_t>(philox_multiplier_z) * key.low;
    x1_ = static_cast<std::uint32_t>(pz >> 32) ^ keys.low[0] ^ counter_y(purpose, 0);
    const auto y1 = static_cast<std::uint32_t>(pz);
    for (std::uint32_t v = 0; v < vectors; ++v) {
      for (int half = 0; half < 2; ++half) {
        prepared_[v][half] = prepare_half(V::years(first_year + v * V::lanes, half), y1, key, keys);
      }
    }
  }

  CORRIDOR_HD void draw(std::uint32_t first_call, std::uint32_t calls,
                        std::uint32_t (*rows)[block_years]) const {
    Wide products[chunk_members / 4 + V::in_flight] = {};
    for (std::uint32_t call = 0; call < calls; ++call) {
      const std::uint64_t x1 = x1_ ^ (first_call + call);
      const std::uint64_t px = philox_multiplier_x * x1;
      products[call] = {px & 0xffffffffu, px >> 32};
    }
    for (std::uint32_t v = 0; v < vectors; ++v) {
      for (std::uint32_t call = 0; call < calls; call += V::in_flight) {
        State state[V::in_flight][2];
#pragma GCC unroll 2
        for (std::uint32_t c = 0; c < V::in_flight; ++c) {
          state[c][0] = third_round(prepared_[v][0], products[call + c]);
          state[c][1] = third_round(prepared_[v][1], products[call + c]);
        }
        last_rounds(state);
#pragma GCC unroll 2
        for (std::uint32_t c = 0; c < V::in_flight; ++c) {
          if (call + c < calls) store(state[c], rows + 4 * (call + c), v);
        }
      }
    }
  }

 private:
  using Vector = typename V::Vector;
  static constexpr std::uint32_t vectors = block_years / V::lanes;

  struct State {
    Vector x, y, z, w;
  };
  /// Two words in 64 bits each, which a processor loads into all lanes at no cost.
  struct Wide {
    std::uint64_t low, high;
  };
  /// What of the first three rounds depends on the year alone. The call's number enters word x of
  /// round 1, so its product of round 2 is the same for every year.
  struct Prepared {
    Vector z2, x3, z3, w3;  ///< less what that product adds
  };

  CORRIDOR_HD static Prepared prepare_half(Vector years, std::uint32_t y1, StreamKey key,
                                           const RoundKeys& keys) {
    const Vector px1 = V::multiply(V::all(philox_multiplier_x), years);
    const Vector z1 = V::xor2(V::high(px1), V::all(key.high ^ keys.high[0]));
    const Vector pz2 = V::multiply(V::all(philox_multiplier_z), z1);
    const Vector x2 = V::xor2(V::high(pz2), V::all(y1 ^ keys.low[1]));
    const Vector px3 = V::multiply(V::all(philox_multiplier_x), x2);
    return {V::xor2(px1, V::all(keys.high[1])), V::xor2(pz2, V::all(keys.low[2])),
            V::xor2(V::high(px3), V::all(keys.high[2])), px3};
  }

  CORRIDOR_HD static State third_round(const Prepared& prepared, const Wide& px2) {
    const Vector z2 = V::xor2(prepared.z2, V::all(px2.high));
    const Vector pz3 = V::multiply(V::all(philox_multiplier_z), z2);
    return {V::xor2(V::high(pz3), prepared.x3), pz3, V::xor2(prepared.z3, V::all(px2.low)),
            prepared.w3};
  }

  CORRIDOR_HD void last_rounds(State (&state)[V::in_flight][2]) const {
#pragma GCC unroll 7
    for (int round = 3; round < philox_rounds; ++round) {
#pragma GCC unroll 2
      for (std::uint32_t c = 0; c < V::in_flight; ++c) {
        next(state[c][0], keys_[round]);
        next(state[c][1], keys_[round]);
      }
    }
  }

  CORRIDOR_HD static void next(State& s, const Wide& key) {
    const Vector px = V::multiply(V::all(philox_multiplier_x), s.x);
    const Vector pz = V::multiply(V::all(philox_multiplier_z), s.z);
    s = {V::xor3(V::high(pz), s.y, V::all(key.low)), pz,
         V::xor3(V::high(px), s.w, V::all(key.high)), px};
  }

  CORRIDOR_HD static void store(const State (&s)[2], std::uint32_t (*rows)[block_years],
                                std::uint32_t v) {
    V::store(rows[0] + v * V::lanes, s[0].x, s[1].x);
    V::store(rows[1] + v * V::lanes, s[0].y, s[1].y);
    V::store(rows[2] + v * V::lanes, s[0].z, s[1].z);
    V::store(rows[3] + v * V::lanes, s[0].w, s[1].w);
  }

  Wide keys_[philox_rounds];
  std::uint32_t x1_;  ///< word x after round 1, less the call's number
  Prepared prepared_[vectors][2];
};

}  // namespace corridor::cpu
