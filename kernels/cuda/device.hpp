// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "corridor/error.hpp"

namespace corridor::cuda {

/// The device's memory does not suffice; smaller batches may fit.
class OutOfDeviceMemory : public Error {
 public:
  using Error::Error;
};

/// "error 35: CUDA driver version is insufficient for CUDA runtime version".
std::string error_text(cudaError_t error);

/// Throws OutOfDeviceMemory for that error, Error{device} "the GPU could not DOING (error 719:
/// ...)" for any other.
void check(cudaError_t error, const char* doing);

/// A stream of its own, so that nothing waits for what others do on the device.
class Stream {
 public:
  Stream();
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  cudaStream_t get() const { return stream_; }
  /// Waits until all work given to the stream is done. Throws what went wrong in it.
  void wait(const char* doing) const;

 private:
  cudaStream_t stream_ = nullptr;
};

/// A block of device memory that grows and is kept for the next use.
class DeviceMemory {
 public:
  DeviceMemory() = default;
  ~DeviceMemory() { release(); }
  DeviceMemory(const DeviceMemory&) = delete;
  DeviceMemory& operator=(const DeviceMemory&) = delete;

  /// Room for `bytes`; what lay there is lost when it has to grow. Throws OutOfDeviceMemory.
  std::byte* reserve(std::size_t bytes);
  std::byte* data() const { return data_; }
  void release() noexcept;

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// An array in device memory that grows and is kept for the next use.
template <class T>
class DeviceArray {
 public:
  /// Room for `count` values. Throws OutOfDeviceMemory.
  T* reserve(std::size_t count) { return reinterpret_cast<T*>(memory_.reserve(count * sizeof(T))); }
  T* data() const { return reinterpret_cast<T*>(memory_.data()); }
  void release() noexcept { memory_.release(); }

 private:
  DeviceMemory memory_;
};

/// Copies to the device; `from` may go when this returns. The copy is there when `stream` is.
void upload(const void* from, void* to, std::size_t bytes, const Stream& stream);

template <class T>
T* upload(std::span<const T> from, DeviceArray<T>& to, const Stream& stream) {
  T* const place = to.reserve(from.size());
  upload(from.data(), place, from.size_bytes(), stream);
  return place;
}

/// Copies from the device after all work of the stream, and waits for it.
void download(const void* from, void* to, std::size_t bytes, const Stream& stream);

template <class T>
std::vector<T> download(const T* from, std::size_t count, const Stream& stream) {
  std::vector<T> values(count);
  download(from, values.data(), count * sizeof(T), stream);
  return values;
}

/// The device that runs go to: the first that is visible.
struct DeviceTraits {
  std::string name;
  int major = 0, minor = 0;  ///< compute capability
  int multiprocessors = 0;
  std::size_t memory_bytes = 0;
  std::size_t shared_bytes = 0;  ///< most that a block can have
  int driver_version = 0;        ///< 13000 for 13.0
};

/// Throws Error{device} with the reason when there is none that can run this build's kernels.
DeviceTraits device_traits();

/// Memory not in use, by anybody.
std::size_t free_memory_bytes();

}  // namespace corridor::cuda
