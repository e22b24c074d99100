// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/gpu/injected_kernel.hpp"

// The unmodified kernel, instantiated with another generator.
#include "kernels/cuda/lane_kernel.cu"

namespace corridor::cuda {

cudaError_t launch_injected(KernelShape shape, const LaneBatch& batch, std::uint32_t law_count,
                            bool has_personal, const Injected& draw, cudaStream_t stream) {
  return launch_lanes_with<block_years>(shape, batch, law_count, has_personal, draw, stream);
}

}  // namespace corridor::cuda
