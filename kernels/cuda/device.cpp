// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device.hpp"

#include "kernels/backend.hpp"
#include "kernels/cuda/lane_kernel.hpp"

namespace corridor::cuda {
namespace {

constexpr int device_number = 0;

[[noreturn]] void refuse(const std::string& reason) { throw Error(ErrorKind::device, reason); }

void refuse_no_device(cudaError_t error, int count) {
  if (error == cudaErrorInsufficientDriver) refuse("no CUDA driver (" + error_text(error) + ")");
  if (error == cudaErrorNoDevice || (error == cudaSuccess && count == 0)) {
    refuse("no CUDA device (" + error_text(cudaErrorNoDevice) + ")");
  }
  if (error != cudaSuccess) refuse("CUDA does not start (" + error_text(error) + ")");
}

std::string capability(const DeviceTraits& traits) {
  return std::to_string(traits.major) + "." + std::to_string(traits.minor);
}

std::string version(int number) {
  return std::to_string(number / 1000) + "." + std::to_string(number % 1000 / 10);
}

}  // namespace

std::string error_text(cudaError_t error) {
  return "error " + std::to_string(static_cast<int>(error)) + ": " + cudaGetErrorString(error);
}

void check(cudaError_t error, const char* doing) {
  if (error == cudaSuccess) return;
  cudaGetLastError();  // An error that leaves the device usable must not be reported twice.
  const std::string text =
      std::string("the GPU could not ") + doing + " (" + error_text(error) + ")";
  if (error == cudaErrorMemoryAllocation) throw OutOfDeviceMemory(ErrorKind::device, text);
  throw Error(ErrorKind::device, text);
}

Stream::Stream() {
  check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "open a stream");
}

Stream::~Stream() { cudaStreamDestroy(stream_); }

void Stream::wait(const char* doing) const { check(cudaStreamSynchronize(stream_), doing); }

std::byte* DeviceMemory::reserve(std::size_t bytes) {
  if (bytes <= size_) return data_;
  release();
  void* memory = nullptr;
  check(cudaMalloc(&memory, bytes), "set memory aside");
  data_ = static_cast<std::byte*>(memory);
  size_ = bytes;
  return data_;
}

void DeviceMemory::release() noexcept {
  cudaFree(data_);
  data_ = nullptr;
  size_ = 0;
}

void upload(const void* from, void* to, std::size_t bytes, const Stream& stream) {
  if (bytes == 0) return;
  check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream.get()), "take data");
  // The copy may still read `from` unless it has been waited for.
  stream.wait("take data");
}

void download(const void* from, void* to, std::size_t bytes, const Stream& stream) {
  if (bytes > 0) {
    check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream.get()), "return data");
  }
  stream.wait("finish its work");
}

DeviceTraits device_traits() {
  int count = 0;
  const cudaError_t start = cudaGetDeviceCount(&count);
  refuse_no_device(start, count);
  cudaDeviceProp properties{};
  check(cudaGetDeviceProperties(&properties, device_number), "be asked what it is");
  DeviceTraits traits{properties.name,
                      properties.major,
                      properties.minor,
                      properties.multiProcessorCount,
                      properties.totalGlobalMem,
                      properties.sharedMemPerBlockOptin,
                      0};
  check(cudaDriverGetVersion(&traits.driver_version), "be asked for its driver");
  const cudaError_t image = kernel_image_status();
  if (image != cudaSuccess) {
    refuse("the kernels of this build do not run on compute capability " + capability(traits) +
           " (" + error_text(image) + ")");
  }
  return traits;
}

std::size_t free_memory_bytes() {
  std::size_t free = 0, total = 0;
  check(cudaMemGetInfo(&free, &total), "be asked for its memory");
  return free;
}

Availability availability() {
  try {
    const DeviceTraits traits = device_traits();
    return {true, "",
            traits.name + ", compute capability " + capability(traits) + ", " +
                std::to_string(traits.memory_bytes >> 20) + " MiB, driver for CUDA " +
                version(traits.driver_version)};
  } catch (const Error& error) {
    return {false, error.what(), ""};
  }
}

}  // namespace corridor::cuda
