// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The unmodified kernels, compiled for this processor.
#include "kernels/cuda/tally_kernels.cu"

#include "tests/emulation/kernel_memory.hpp"
