// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>

#include "kernels/cuda/tails.hpp"
#include "kernels/lane/tally.hpp"

namespace corridor::cuda {

// Integers only: their sums have the same bits in any order. All of these return at once; the
// result is ready when `stream` is. Arrays are in device memory unless they say otherwise.

/// Exact sums of each column.
cudaError_t launch_cells(const Cents* const* columns, std::uint32_t column_count,
                         std::uint32_t year_count, CellTally* cells, cudaStream_t stream);

/// Lists of payouts that lie one after the other.
struct ListSet {
  const std::uint32_t* offsets = nullptr;  ///< [list_count + 1], device memory, in values
  std::uint32_t list_count = 0;
  std::uint32_t value_count = 0;
};

/// Bytes of scratch that sort_lists needs for as many lists and values.
cudaError_t sort_scratch_bytes(std::uint32_t list_count, std::uint32_t value_count,
                               std::size_t& bytes);

/// Sorts every list, ascending, from `values` into `sorted`; amounts are 0 or more. At most 2^31 -
/// 1 values; a block a list.
cudaError_t sort_lists(const ListSet& lists, const Cents* values, Cents* sorted, std::byte* scratch,
                       std::size_t scratch_bytes, cudaStream_t stream);

/// The same for one list of any length, with the whole device on it.
cudaError_t sort_long_scratch_bytes(std::uint64_t value_count, std::size_t& bytes);
cudaError_t sort_long_list(const Cents* values, Cents* sorted, std::uint64_t value_count,
                           std::byte* scratch, std::size_t scratch_bytes, cudaStream_t stream);

/// The exact tails of sorted lists at each rank: tails[list][level]. See tail_start for what a list
/// must hold.
///
/// `years`  of the run
cudaError_t launch_tails(const TailList* lists, std::uint32_t list_count, std::uint64_t years,
                         const std::uint64_t* ranks, std::uint32_t level_count, TailTally* tails,
                         cudaStream_t stream);

}  // namespace corridor::cuda
