// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector_types.h>

#include <cstdint>
#include <nv/target>

#include "kernels/lane/philox.hpp"

// cuRAND's Philox for both processors, and in a namespace of its own because other generators'
// headers define functions of the same names.
#if defined(QUALIFIERS)
#error "include this header before cuRAND's own, so that its functions compile for both processors"
#endif
#define QUALIFIERS CORRIDOR_HD
namespace corridor::cuda::curand {
#include <curand_philox4x32_x.h>
}
#undef QUALIFIERS

namespace corridor::cuda {

/// The lane's generator on the device: cuRAND's rounds with the keys made beforehand, because
/// twenty additions a call are a tenth of its work. The stream is curand_Philox4x32_10's.
struct CurandPhilox {
  RoundKeys keys;

  CORRIDOR_HD Words operator()(Counter counter) const {
    uint4 words{counter.x, counter.y, counter.z, counter.w};
#if defined(__CUDACC__)
#pragma unroll
#endif
    for (int round = 0; round < philox_rounds; ++round) {
      words = curand::_philox4x32round(words, uint2{keys.low[round], keys.high[round]});
    }
    return Words{{words.x, words.y, words.z, words.w}};
  }
};

}  // namespace corridor::cuda
