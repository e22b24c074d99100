// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <cstdint>

#include "kernels/lane/philox.hpp"

namespace corridor::cuda {

/// Draws of launch_philox: words of so many calls by so many threads.
struct PhiloxLoad {
  std::uint32_t blocks = 0;
  std::uint32_t calls = 0;  ///< a thread; even

  std::uint64_t words() const { return std::uint64_t{blocks} * 256 * calls * 4; }
};

/// The kernel's generator by itself: every thread draws with the counters of a year and a group,
/// and leaves the exclusive or of its words in out[thread].
cudaError_t launch_philox(PhiloxLoad load, const RoundKeys& keys, std::uint32_t* out,
                          cudaStream_t stream);

}  // namespace corridor::cuda
