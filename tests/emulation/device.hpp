// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>

#include "tests/emulation/cuda/cuda_runtime_api.h"

namespace emulation {

/// The one emulated device; tests set its limits.
struct Device {
  std::size_t memory_bytes = std::size_t{1} << 30;  ///< more cannot be allocated at a time
  std::size_t used_bytes = 0;
  std::size_t most_used_bytes = 0;
  std::size_t refusals = 0;         ///< allocations that found no room
  cudaError_t start = cudaSuccess;  ///< what asking for devices gives
  /// After so many calls that use the device it is lost: every call fails from then on.
  std::size_t calls_until_lost = std::numeric_limits<std::size_t>::max();
};

Device& device();

}  // namespace emulation
