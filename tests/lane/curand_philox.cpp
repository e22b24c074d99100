// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/lane/other_philox.hpp"

#if defined(CORRIDOR_HAVE_CURAND_HEADERS)
// The device header compiles for the host once its qualifiers are the host's.
#define QUALIFIERS static inline
#include <vector_types.h>

#include <nv/target>
namespace {
#include <curand_philox4x32_x.h>
}  // namespace
#endif

namespace corridor {

#if defined(CORRIDOR_HAVE_CURAND_HEADERS)
bool has_curand_philox() { return true; }

Words curand_philox(Counter counter, std::uint32_t key_low, std::uint32_t key_high) {
  const uint4 out = curand_Philox4x32_10(uint4{counter.x, counter.y, counter.z, counter.w},
                                         uint2{key_low, key_high});
  return {{out.x, out.y, out.z, out.w}};
}
#else
bool has_curand_philox() { return false; }
Words curand_philox(Counter, std::uint32_t, std::uint32_t) { return {}; }
#endif

}  // namespace corridor
