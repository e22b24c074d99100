// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// What reduce.cu does with CUB, by plain loops: CUB itself only compiles with nvcc.

#include "kernels/cuda/reduce.hpp"

#include <algorithm>

namespace corridor::cuda {
namespace {

constexpr std::size_t scratch_bytes_a_value = sizeof(Cents);
constexpr std::size_t least_scratch_bytes = 256;

/// As CUB's sorts: they fail without enough scratch.
cudaError_t sort_values(const Cents* values, Cents* sorted, std::uint64_t count) {
  std::copy_n(values, count, sorted);
  std::sort(sorted, sorted + count);
  return cudaSuccess;
}

}  // namespace

cudaError_t launch_cells(const Cents* const* columns, std::uint32_t column_count,
                         std::uint32_t year_count, CellTally* cells, cudaStream_t) {
  if (column_count == 0) return cudaErrorInvalidValue;
  for (std::uint32_t c = 0; c < column_count; ++c) {
    cells[c] = {};
    for (std::uint32_t year = 0; year < year_count; ++year) cells[c].add(columns[c][year]);
  }
  return cudaSuccess;
}

cudaError_t sort_scratch_bytes(std::uint32_t, std::uint32_t value_count, std::size_t& bytes) {
  return sort_long_scratch_bytes(value_count, bytes);
}

cudaError_t sort_lists(const ListSet& lists, const Cents* values, Cents* sorted, std::byte* scratch,
                       std::size_t scratch_bytes, cudaStream_t) {
  if (scratch == nullptr || scratch_bytes < lists.value_count * scratch_bytes_a_value ||
      lists.offsets[lists.list_count] != lists.value_count) {
    return cudaErrorInvalidValue;
  }
  for (std::uint32_t l = 0; l < lists.list_count; ++l) {
    const std::uint32_t first = lists.offsets[l];
    sort_values(values + first, sorted + first, lists.offsets[l + 1] - first);
  }
  return cudaSuccess;
}

cudaError_t sort_long_scratch_bytes(std::uint64_t value_count, std::size_t& bytes) {
  bytes = least_scratch_bytes + value_count * scratch_bytes_a_value;
  return cudaSuccess;
}

cudaError_t sort_long_list(const Cents* values, Cents* sorted, std::uint64_t value_count,
                           std::byte* scratch, std::size_t scratch_bytes, cudaStream_t) {
  if (scratch == nullptr || scratch_bytes < value_count * scratch_bytes_a_value) {
    return cudaErrorInvalidValue;
  }
  return sort_values(values, sorted, value_count);
}

cudaError_t launch_tails(const TailList* lists, std::uint32_t list_count, std::uint64_t years,
                         const std::uint64_t* ranks, std::uint32_t level_count, TailTally* tails,
                         cudaStream_t) {
  if (list_count == 0 || level_count == 0) return cudaErrorInvalidValue;
  for (std::uint32_t l = 0; l < list_count; ++l) {
    for (std::uint32_t level = 0; level < level_count; ++level) {
      const TailStart start = tail_start(lists[l], years, ranks[level]);
      TailTally& tail = tails[l * level_count + level];
      tail = {};
      tail.value_at_risk = start.value_at_risk;
      for (std::uint64_t i = start.first; i < lists[l].count; ++i) {
        tail.add(lists[l].values[i] - start.value_at_risk);
      }
    }
  }
  return cudaSuccess;
}

}  // namespace corridor::cuda
