// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <Random123/philox.h>

#include "tests/lane/other_philox.hpp"

namespace corridor {

Words random123_philox(Counter counter, std::uint32_t key_low, std::uint32_t key_high) {
  const philox4x32_ctr_t in = {{counter.x, counter.y, counter.z, counter.w}};
  const philox4x32_key_t key = {{key_low, key_high}};
  const philox4x32_ctr_t out = philox4x32(in, key);
  return {{out[0], out[1], out[2], out[3]}};
}

}  // namespace corridor
