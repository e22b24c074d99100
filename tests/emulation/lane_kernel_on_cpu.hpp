// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "kernels/cuda/batch_image.hpp"
#include "tests/emulation/kernel_memory.hpp"
#include "tests/lane/made_up.hpp"

// The unmodified kernel, compiled for this processor.
#include "kernels/cuda/lane_kernel.cu"

namespace corridor::emulated {

inline constexpr int block_size = 64;
inline constexpr Cents unwritten = 0x5A5A5A5A5A5A5A5A;

struct Years {
  std::uint32_t first = 0, count = 0;
};

/// A batch of groups on the "device", which is this process.
class Batch {
 public:
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  Batch(std::vector<made_up::Group> groups, Years years)
      : owned_(std::move(groups)),
        groups_(views(owned_)),
        years_(years),
        room_(bytes_needed()),
        image_(room_.data(), made_up::tables().set(), device_tables_.data()) {
    std::vector<DeviceGroup> device;
    for (const GroupView& group : groups_) {
      DeviceGroup& added = device.emplace_back(image_.add_group(group));
      // A column is longer than the batch, so that a row written too far shows.
      columns_.emplace_back(std::size_t{sums_columns(group)} * stride(), unwritten);
      added.sums = {columns_.back().data(), stride()};
      law_count_ = std::max(law_count_, added.law_count);
      shape_.slots = std::max(shape_.slots, cuda::slots_for(group.threshold_count));
      shape_.thinned |= group.thinned;
      shape_.basis |= group.basis != nullptr;
      has_personal_ |= group.personal_count > 0;
    }
    device_ = image_.add(std::span<const DeviceGroup>(device));
    std::copy(image_.bytes().begin(), image_.bytes().end(), room_.begin());
  }

  cuda::KernelShape& shape() { return shape_; }

  template <int BlockSize = block_size, class Generator>
  void run(const Generator& draw) {
    const cuda::LaneBatch batch{device_, static_cast<std::uint32_t>(groups_.size()), years_.first,
                                years_.count};
    ASSERT_EQ(
        cuda::launch_lanes_with<BlockSize>(shape_, batch, law_count_, has_personal_, draw, nullptr),
        cudaSuccess);
  }

  /// Compares every column with the lane's definition, and what lies beyond with what lay there.
  template <class Generator>
  void expect_defined_sums(const Generator& draw) const {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      std::vector<Cents> expected(columns_[g].size(), unwritten);
      for (std::uint32_t row = 0; row < years_.count; ++row) {
        store(groups_[g], simulate_year(groups_[g], years_.first + row, draw),
              {expected.data(), stride()}, row);
      }
      const auto [got, wanted] =
          std::mismatch(columns_[g].begin(), columns_[g].end(), expected.begin());
      if (got == columns_[g].end()) continue;
      const auto place = static_cast<std::uint64_t>(got - columns_[g].begin());
      ADD_FAILURE() << "group " << g << ", column " << place / stride() << ", row "
                    << place % stride() << ": " << *got << " instead of " << *wanted;
    }
  }

 private:
  using DeviceGroup = cuda::DeviceGroup;

  static std::vector<GroupView> views(const std::vector<made_up::Group>& groups) {
    std::vector<GroupView> result;
    for (const made_up::Group& group : groups) result.push_back(group.view());
    return result;
  }
  std::uint64_t stride() const { return years_.count + 3u; }
  std::size_t bytes_needed() const {
    std::size_t bytes = 0;
    for (const GroupView& group : groups_) bytes += cuda::image_bytes({group, nullptr, 0, nullptr});
    return bytes;
  }

  std::vector<made_up::Group> owned_;
  std::vector<GroupView> groups_;  ///< of owned_
  Years years_;
  std::vector<std::byte> room_;
  std::vector<Bucket> device_tables_ = made_up::tables().data;
  cuda::BatchImage image_;
  std::vector<std::vector<Cents>> columns_;
  cuda::KernelShape shape_;
  std::uint32_t law_count_ = 0;
  bool has_personal_ = false;
  const DeviceGroup* device_ = nullptr;
};

inline cuda::CurandPhilox curand(std::uint64_t seed) { return {round_keys(seed)}; }

/// Runs one group in the shape that it needs, and compares.
inline void expect_lane_bits(const made_up::Group& group, Years years, std::uint64_t seed = 1) {
  Batch batch({group}, years);
  batch.run(curand(seed));
  batch.expect_defined_sums(Philox{round_keys(seed)});
}

}  // namespace corridor::emulated
