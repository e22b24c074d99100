// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/lane_kernel.hpp"
#include "tests/emulation/injected.hpp"

namespace corridor::cuda {

/// launch_lanes with injected words.
cudaError_t launch_injected(KernelShape shape, const LaneBatch& batch, std::uint32_t law_count,
                            bool has_personal, const Injected& draw, cudaStream_t stream);

}  // namespace corridor::cuda
