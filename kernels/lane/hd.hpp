// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Marks the functions that both processors run: the same source, compiled by the host compiler and
/// by nvcc, so that one group-year has the same bits wherever it is simulated.
#if defined(__CUDACC__)
#define CORRIDOR_HD __host__ __device__ __forceinline__
#else
#define CORRIDOR_HD inline __attribute__((always_inline))
#endif
