// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The unmodified kernel, compiled for this processor.
#include "kernels/cuda/lane_kernel.cu"

#include "tests/emulation/kernel_memory.hpp"
