// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <cstdint>

#include "kernels/cuda/lane_kernel.hpp"
#include "kernels/lane/grid.hpp"

namespace corridor::cuda {

// Columns that a line of a grid pays into, in this order; then, for each attachment, aggregate and
// total.
inline constexpr std::uint32_t counted_column = 0;
inline constexpr std::uint32_t before_asd_column = 1;
inline constexpr std::uint32_t specific_column = 2;

inline std::uint32_t payout_columns(const GridRow& row) { return 3 + 2 * row.attachment_count; }

/// One line of one group's grid.
struct PayoutTask {
  const DeviceGroup* group = nullptr;
  const DeviceGroup* counted = nullptr;  ///< the group as its aggregate counts claims, or none
  const GridRow* row = nullptr;
  SumsView payouts{};  ///< columns as above, row 0 the batch's first year
};

/// Which payouts of a figure are kept for its tail.
struct TailCut {
  std::uint32_t bin = 0;    ///< those of this tail_bin and above
  std::uint32_t count = 0;  ///< so many
};

/// Gathers the payouts of one column above a cut.
struct GatherTask {
  const Cents* column = nullptr;
  std::uint32_t lowest_bin = 0;
  Cents* values = nullptr;  ///< room for as many as the cut counted
};

// All of these return at once; the result is ready when `stream` is. Arrays are in device memory.

/// Runs every year of every task's group through the terms of its line.
cudaError_t launch_payouts(const PayoutTask* tasks, std::uint32_t task_count,
                           std::uint32_t year_count, cudaStream_t stream);

/// The highest cut of each column that keeps `wanted` payouts or more, else one that keeps every
/// payout above 0.
cudaError_t launch_cuts(const Cents* const* columns, std::uint32_t column_count,
                        std::uint32_t year_count, std::uint32_t wanted, TailCut* cuts,
                        cudaStream_t stream);

/// Gathers what the cuts keep, in no stated order.
cudaError_t launch_gathers(const GatherTask* tasks, std::uint32_t task_count,
                           std::uint32_t year_count, cudaStream_t stream);

}  // namespace corridor::cuda
