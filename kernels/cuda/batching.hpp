// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cuda/lane_kernel.hpp"

namespace corridor::cuda {

/// How a group goes through the kernels.
struct LaneNeeds {
  KernelShape shape{};
  std::uint32_t law_count = 0;
  bool has_personal = false;
};

/// What a job takes on the device; the kernels' part is that of its group.
struct JobNeeds : LaneNeeds {
  std::optional<LaneNeeds> counted;  ///< of the group as its aggregate counts claims
  std::uint32_t member_count = 0;
  std::uint32_t sum_columns = 0;     ///< of the lanes
  std::uint32_t payout_columns = 0;  ///< of all lines of the grid
  std::uint32_t figure_count = 0;    ///< of those, the ones with a tail
  std::uint32_t row_count = 0;
  std::size_t image_bytes = 0;
};

/// `shared_limit`  bytes that a block can have; laws are staged where they fit
JobNeeds needs_of(const GroupJob& job, std::uint32_t table_count, std::size_t shared_limit);

/// What all batches of a run have in common.
struct BatchLimits {
  std::uint32_t years = 0;
  std::uint32_t wanted = 0;  ///< years that a tail list must hold; 0: no tails are asked for
  std::size_t memory_bytes = 0;
};

/// Groups that are on the device together, for so many years at a time.
struct Batch {
  std::vector<std::size_t> jobs;  ///< largest group first: a launch then ends evenly
  KernelShape shape{};            ///< of the jobs' groups
  std::uint32_t piece_years = 0;
  std::uint32_t list_values = 0;  ///< room for the tail lists that are sorted at a time
};

/// Groups of a batch that go through one kernel at once.
struct LaneLaunch {
  LaneNeeds needs;  ///< the most laws, and whether some group has persons with own terms
  std::uint32_t first = 0, count = 0;
};

/// Adds group number `group` to the launches; it must be the next one. Groups of one shape that
/// follow each other go together.
void add_to_launches(const LaneNeeds& needs, std::uint32_t group,
                     std::vector<LaneLaunch>& launches);

bool same_shape(const KernelShape& a, const KernelShape& b);

/// Rows of a column for `years` years: columns begin at whole sectors of memory.
std::uint64_t column_stride(std::uint32_t years);

/// Bytes that `batch` takes for `years` years at a time.
std::size_t batch_bytes(std::span<const JobNeeds> needs, const Batch& batch,
                        const BatchLimits& limits, std::uint32_t years);

/// Cuts `jobs` into batches that fit. A group that does not fit with all its years gets a batch of
/// its own and pieces of a multiple of block_years years, at least one block of them.
std::vector<Batch> plan_batches(std::span<const JobNeeds> needs, std::vector<std::size_t> jobs,
                                const BatchLimits& limits);

}  // namespace corridor::cuda
