// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cuda_runtime.h>

#include "bench/gpu/philox_rate.hpp"
#include "kernels/cuda/curand_philox.hpp"
#include "kernels/lane/counter.hpp"

namespace corridor::cuda {

__global__ void __launch_bounds__(256)
    philox_kernel(std::uint32_t calls, const __grid_constant__ CurandPhilox draw,
                  std::uint32_t* out) {
  const std::uint32_t year = blockIdx.x * 256 + threadIdx.x;
  const StreamKey key{blockIdx.x, 12345};
  std::uint32_t all = 0;
#pragma unroll 1
  for (std::uint32_t call = 0; call < calls; call += 2) {
    const Words a = draw(counter_of(Purpose::claim, year, 4 * call, key));
    const Words b = draw(counter_of(Purpose::claim, year, 4 * call + 4, key));
    all ^= a.w[0] ^ a.w[1] ^ a.w[2] ^ a.w[3] ^ b.w[0] ^ b.w[1] ^ b.w[2] ^ b.w[3];
  }
  out[year] = all;
}

cudaError_t launch_philox(PhiloxLoad load, const RoundKeys& keys, std::uint32_t* out,
                          cudaStream_t stream) {
  philox_kernel<<<load.blocks, 256, 0, stream>>>(load.calls, CurandPhilox{keys}, out);
  return cudaGetLastError();
}

}  // namespace corridor::cuda
