// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of CUDA's device language that the kernels use, for the host compiler. A launch runs its
// blocks one after the other; tests/emulation/block.hpp runs the threads of one.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <stdexcept>

#include "tests/emulation/block.hpp"
#include "tests/emulation/cuda/cuda_runtime_api.h"

#undef __launch_bounds__
#define __launch_bounds__(...)

using std::max;
using std::min;

inline thread_local uint3 threadIdx{}, blockIdx{};
inline dim3 blockDim, gridDim;

inline void __syncthreads() { emulation::block().barrier(); }
inline int __any_sync(unsigned lanes, int vote) {
  if (lanes != ~0u) throw std::logic_error("the emulation votes with whole warps only");
  return emulation::block().any_of_warp(vote != 0);
}

inline unsigned __funnelshift_rc(unsigned low, unsigned high, unsigned shift) {
  const std::uint64_t both = static_cast<std::uint64_t>(high) << 32 | low;
  return static_cast<unsigned>(both >> std::min(shift, 32u));
}

inline std::size_t __cvta_generic_to_shared(const void* pointer) {
  return emulation::shared_window().address_of(pointer);
}
inline void* __cvta_shared_to_generic(std::size_t address) {
  return emulation::shared_window().at(address);
}

template <class T>
T atomicAdd(T* place, T value) {
  return std::atomic_ref<T>(*place).fetch_add(value);
}

enum cudaFuncAttribute {
  cudaFuncAttributeMaxDynamicSharedMemorySize,
  cudaFuncAttributePreferredSharedMemoryCarveout
};
inline constexpr int cudaSharedmemCarveoutMaxShared = 100;

namespace emulation {
inline constexpr int shared_limit = 227 * 1024;  ///< of a block, as on compute capability 9.0
inline std::map<const void*, int>& shared_allowed() {
  static std::map<const void*, int> bytes;
  return bytes;
}
}  // namespace emulation

template <class... Parameter>
cudaError_t cudaFuncSetAttribute(void (*kernel)(Parameter...), cudaFuncAttribute which, int bytes) {
  if (which != cudaFuncAttributeMaxDynamicSharedMemorySize) return cudaSuccess;
  if (bytes > emulation::shared_limit) return cudaErrorInvalidValue;
  emulation::shared_allowed()[reinterpret_cast<const void*>(kernel)] = bytes;
  return cudaSuccess;
}

struct cudaFuncAttributes {};
template <class... Parameter>
cudaError_t cudaFuncGetAttributes(cudaFuncAttributes*, void (*)(Parameter...)) {
  return cudaSuccess;
}

template <class... Parameter, class... Argument>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t* config, void (*kernel)(Parameter...),
                               const Argument&... argument) {
  const auto allowed = emulation::shared_allowed().find(reinterpret_cast<const void*>(kernel));
  const int limit = allowed == emulation::shared_allowed().end() ? 48 * 1024 : allowed->second;
  if (static_cast<int>(config->dynamicSmemBytes) > limit || config->gridDim.x == 0 ||
      config->gridDim.y > 65535 || config->blockDim.x == 0 || config->blockDim.x > 1024) {
    return cudaErrorInvalidValue;
  }
  blockDim = config->blockDim;
  gridDim = config->gridDim;
  for (unsigned y = 0; y < gridDim.y; ++y) {
    for (unsigned x = 0; x < gridDim.x; ++x) {
      emulation::shared_window().poison(config->dynamicSmemBytes);
      emulation::run_block(
          blockDim.x,
          [&](unsigned thread) {
            threadIdx = {thread, 0, 0};
            blockIdx = {x, y, 0};
            kernel(argument...);
          },
          [](unsigned thread) { threadIdx.x = thread; });
      emulation::shared_window().check(config->dynamicSmemBytes);
    }
  }
  return cudaSuccess;
}
