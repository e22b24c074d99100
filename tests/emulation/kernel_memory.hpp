// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/emulation/cuda/cuda_runtime.h"

namespace corridor::cuda {
/// The dynamic shared memory of the kernels; include this before a .cu file.
alignas(16) inline unsigned char memory[emulation::shared_limit];
}  // namespace corridor::cuda

namespace emulation {
inline SharedWindow& shared_window() {
  static SharedWindow window(corridor::cuda::memory);
  return window;
}
}  // namespace emulation
