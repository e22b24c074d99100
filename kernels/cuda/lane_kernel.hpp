// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>

#include "kernels/lane/group.hpp"
#include "kernels/lane/philox.hpp"

namespace corridor::cuda {

inline constexpr int block_years = 256;                  ///< threads of a block, a year each
inline constexpr std::uint32_t members_per_step = 8;     ///< of the hot loop: two Philox calls
inline constexpr std::uint32_t members_per_stage = 512;  ///< rows in shared memory at a time
inline constexpr std::uint32_t queue_capacity = 24;      ///< listed claims a thread holds back

/// One group in device memory. `view`'s pointers are the device's, and `unused` of its members is
/// the place of the member's law in `laws`.
struct DeviceGroup {
  GroupView view{};
  const std::uint32_t* laws = nullptr;  ///< [law_count] tables that `view.members` use
  std::uint32_t law_count = 0;
  SumsView sums{};  ///< row 0 is the batch's first year
};

/// A batch of groups over the same years.
struct LaneBatch {
  const DeviceGroup* groups = nullptr;  ///< [group_count], device memory
  std::uint32_t group_count = 0;
  std::uint32_t first_year = 0;
  std::uint32_t year_count = 0;
};

/// Which instance of the kernel runs a batch. All of its groups agree in this.
struct KernelShape {
  std::uint32_t slots = 8;  ///< 8, 16 or 32: thresholds that registers are set aside for
  bool thinned = false;     ///< some exposure or frequency is not 1
  bool staged = true;       ///< laws in shared memory; else read through the cache
  bool basis = false;       ///< under contract bases; such a kernel is always a thinned one
};

/// Slots that hold a group's thresholds.
inline std::uint32_t slots_for(std::uint32_t threshold_count) {
  return threshold_count <= 8 ? 8 : threshold_count <= 16 ? 16 : 32;
}

/// Blocks that each group of a batch takes.
CORRIDOR_HD std::uint32_t blocks_per_group(std::uint32_t year_count, std::uint32_t block_size) {
  return year_count / block_size + (year_count % block_size > 0 ? 1 : 0);
}

/// Bytes of shared memory of a block; `law_count` is the largest of the batch.
std::size_t shared_bytes(KernelShape shape, std::uint32_t law_count);

/// cudaSuccess when the current device can run the kernels that were compiled.
cudaError_t kernel_image_status();

/// Fills the columns of every group of the batch. Returns at once; the result is ready when
/// `stream` is. The batch must not have more than 2^31 - 1 blocks.
///
/// `law_count`     the largest of the batch
/// `has_personal`  some group of the batch has persons with own terms
cudaError_t launch_lanes(KernelShape shape, const LaneBatch& batch, std::uint32_t law_count,
                         bool has_personal, const RoundKeys& keys, cudaStream_t stream);

}  // namespace corridor::cuda
