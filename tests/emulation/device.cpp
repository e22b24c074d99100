// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/emulation/device.hpp"

#include <algorithm>
#include <cstring>
#include <map>

namespace emulation {
namespace {

constexpr unsigned char unwritten = 0xFF;

/// One call that uses the device.
cudaError_t used() {
  if (device().calls_until_lost == 0) return cudaErrorLaunchFailure;
  --device().calls_until_lost;
  return cudaSuccess;
}

std::map<void*, std::size_t>& allocations() {
  static std::map<void*, std::size_t> bytes;
  return bytes;
}

}  // namespace

Device& device() {
  static Device only;
  return only;
}

}  // namespace emulation

using emulation::allocations;
using emulation::device;
using emulation::used;

cudaError_t cudaGetDeviceCount(int* count) {
  *count = device().start == cudaSuccess ? 1 : 0;
  return device().start;
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int) {
  *properties = {"emulated device", 9, 0, 1, device().memory_bytes, 227 * 1024};
  return cudaSuccess;
}

cudaError_t cudaDriverGetVersion(int* version) {
  *version = 13000;
  return cudaSuccess;
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  *total = device().memory_bytes;
  *free = device().memory_bytes - device().used_bytes;
  return cudaSuccess;
}

cudaError_t cudaGetLastError() { return cudaSuccess; }

const char* cudaGetErrorString(cudaError_t error) {
  switch (error) {
    case cudaSuccess:
      return "no error";
    case cudaErrorInvalidValue:
      return "invalid argument";
    case cudaErrorMemoryAllocation:
      return "out of memory";
    case cudaErrorInsufficientDriver:
      return "CUDA driver version is insufficient for CUDA runtime version";
    case cudaErrorNoDevice:
      return "no CUDA-capable device is detected";
    case cudaErrorLaunchFailure:
      return "unspecified launch failure";
  }
  return "unknown error";
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned) {
  *stream = nullptr;
  return used();
}
cudaError_t cudaStreamDestroy(cudaStream_t) { return cudaSuccess; }
cudaError_t cudaStreamSynchronize(cudaStream_t) { return used(); }

cudaError_t cudaMalloc(void** memory, std::size_t bytes) {
  if (const cudaError_t error = used(); error != cudaSuccess) return error;
  if (device().used_bytes + bytes > device().memory_bytes) {
    ++device().refusals;
    return cudaErrorMemoryAllocation;
  }
  *memory = ::operator new(bytes);
  std::memset(*memory, emulation::unwritten, bytes);
  allocations()[*memory] = bytes;
  device().used_bytes += bytes;
  device().most_used_bytes = std::max(device().most_used_bytes, device().used_bytes);
  return cudaSuccess;
}

cudaError_t cudaFree(void* memory) {
  if (memory == nullptr) return cudaSuccess;
  const auto found = allocations().find(memory);
  if (found == allocations().end()) return cudaErrorInvalidValue;
  device().used_bytes -= found->second;
  allocations().erase(found);
  ::operator delete(memory);
  return device().calls_until_lost == 0 ? cudaErrorLaunchFailure : cudaSuccess;
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind,
                            cudaStream_t) {
  if (const cudaError_t error = used(); error != cudaSuccess) return error;
  std::memcpy(to, from, bytes);
  return cudaSuccess;
}

cudaError_t cudaMemcpy2DAsync(void* to, std::size_t to_pitch, const void* from,
                              std::size_t from_pitch, std::size_t width, std::size_t height,
                              cudaMemcpyKind, cudaStream_t) {
  if (const cudaError_t error = used(); error != cudaSuccess) return error;
  if (width > to_pitch || width > from_pitch) return cudaErrorInvalidValue;
  for (std::size_t row = 0; row < height; ++row) {
    std::memcpy(static_cast<char*>(to) + row * to_pitch,
                static_cast<const char*>(from) + row * from_pitch, width);
  }
  return cudaSuccess;
}
