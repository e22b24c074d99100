// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cuda/lane_kernel.hpp"

namespace corridor::cuda {

/// What a batch needs beside its sums, written on the host for the place where it will lie in
/// device memory: one block of bytes with every pointer already the device's, so that a batch is
/// one copy.
class BatchImage {
 public:
  /// `place`          device address of at least as many bytes as the jobs' image_bytes
  /// `host_tables`    the tables that the jobs point into
  /// `device_tables`  their copy on the device
  BatchImage(std::byte* place, TableSet host_tables, const Bucket* device_tables)
      : place_(place), host_tables_(host_tables), device_tables_(device_tables) {}

  /// The group as the kernel reads it, with its arrays in the image. `sums` is left to the caller.
  DeviceGroup add_group(const GroupView& group);

  /// The grid's rows and their attachments. Returns their device address.
  const GridRow* add_rows(std::span<const GridRow> rows);

  /// Copies an array into the image. Returns its device address.
  template <class T>
  const T* add(std::span<const T> values) {
    return reinterpret_cast<const T*>(append(std::as_bytes(values)));
  }

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::byte* append(std::span<const std::byte> values);
  const Bucket* on_device(const Bucket* table) const;

  std::byte* place_;
  TableSet host_tables_;
  const Bucket* device_tables_;
  std::vector<std::byte> bytes_;
};

/// Tables that the members use, ascending. Expects table indices below `table_count`.
std::vector<std::uint32_t> laws_of(std::span<const Member> members, std::uint32_t table_count);

/// Most bytes that a job takes in an image, its DeviceGroup and figures included.
std::size_t image_bytes(const GroupJob& job);

}  // namespace corridor::cuda
