// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Sums and sorts of whole columns; the one file that needs CUB.

#include <cub/block/block_reduce.cuh>
#include <cub/device/device_radix_sort.cuh>
#include <cub/device/device_segmented_radix_sort.cuh>

#include "kernels/cuda/reduce.hpp"

namespace corridor::cuda {
namespace {

constexpr int block_size = 256;
/// Amounts are below 2^63, so the highest bit need not be sorted by.
constexpr int key_bits = 63;

struct Merge {
  __device__ CellTally operator()(CellTally a, const CellTally& b) const {
    a.merge(b);
    return a;
  }
  __device__ TailTally operator()(TailTally a, const TailTally& b) const {
    a.merge(b);
    return a;
  }
};

__global__ void __launch_bounds__(block_size)
    cell_kernel(const Cents* const* columns, std::uint32_t year_count, CellTally* cells) {
  using Reduce = cub::BlockReduce<CellTally, block_size>;
  __shared__ typename Reduce::TempStorage shared;
  const Cents* column = columns[blockIdx.x];
  CellTally own;
#pragma unroll 4
  for (std::uint64_t year = threadIdx.x; year < year_count; year += block_size) {
    own.add(column[year]);
  }
  const CellTally all = Reduce(shared).Reduce(own, Merge{});
  if (threadIdx.x == 0) cells[blockIdx.x] = all;
}

__global__ void __launch_bounds__(block_size)
    tail_kernel(const TailList* lists, std::uint64_t years, const std::uint64_t* ranks,
                std::uint32_t level_count, TailTally* tails) {
  using Reduce = cub::BlockReduce<TailTally, block_size>;
  __shared__ typename Reduce::TempStorage shared;
  const TailList list = lists[blockIdx.x / level_count];
  const TailStart start = tail_start(list, years, ranks[blockIdx.x % level_count]);
  TailTally own;
  for (std::uint64_t i = start.first + threadIdx.x; i < list.count; i += block_size) {
    own.add(list.values[i] - start.value_at_risk);
  }
  TailTally all = Reduce(shared).Reduce(own, Merge{});
  all.value_at_risk = start.value_at_risk;
  if (threadIdx.x == 0) tails[blockIdx.x] = all;
}

const std::uint64_t* keys(const Cents* amounts) {
  return reinterpret_cast<const std::uint64_t*>(amounts);
}
std::uint64_t* keys(Cents* amounts) { return reinterpret_cast<std::uint64_t*>(amounts); }

cudaError_t sort_segments(const ListSet& lists, const Cents* values, Cents* sorted, void* scratch,
                          std::size_t& scratch_bytes, cudaStream_t stream) {
  return cub::DeviceSegmentedRadixSort::SortKeys(
      scratch, scratch_bytes, keys(values), keys(sorted), static_cast<int>(lists.value_count),
      static_cast<int>(lists.list_count), lists.offsets, lists.offsets + 1, 0, key_bits, stream);
}

cudaError_t sort_keys(const Cents* values, Cents* sorted, std::uint64_t value_count, void* scratch,
                      std::size_t& scratch_bytes, cudaStream_t stream) {
  return cub::DeviceRadixSort::SortKeys(scratch, scratch_bytes, keys(values), keys(sorted),
                                        value_count, 0, key_bits, stream);
}

}  // namespace

cudaError_t launch_cells(const Cents* const* columns, std::uint32_t column_count,
                         std::uint32_t year_count, CellTally* cells, cudaStream_t stream) {
  cell_kernel<<<column_count, block_size, 0, stream>>>(columns, year_count, cells);
  return cudaGetLastError();
}

cudaError_t sort_scratch_bytes(std::uint32_t list_count, std::uint32_t value_count,
                               std::size_t& bytes) {
  return sort_segments({nullptr, list_count, value_count}, nullptr, nullptr, nullptr, bytes,
                       nullptr);
}

cudaError_t sort_lists(const ListSet& lists, const Cents* values, Cents* sorted, std::byte* scratch,
                       std::size_t scratch_bytes, cudaStream_t stream) {
  return sort_segments(lists, values, sorted, scratch, scratch_bytes, stream);
}

cudaError_t sort_long_scratch_bytes(std::uint64_t value_count, std::size_t& bytes) {
  return sort_keys(nullptr, nullptr, value_count, nullptr, bytes, nullptr);
}

cudaError_t sort_long_list(const Cents* values, Cents* sorted, std::uint64_t value_count,
                           std::byte* scratch, std::size_t scratch_bytes, cudaStream_t stream) {
  return sort_keys(values, sorted, value_count, scratch, scratch_bytes, stream);
}

cudaError_t launch_tails(const TailList* lists, std::uint32_t list_count, std::uint64_t years,
                         const std::uint64_t* ranks, std::uint32_t level_count, TailTally* tails,
                         cudaStream_t stream) {
  tail_kernel<<<list_count * level_count, block_size, 0, stream>>>(lists, years, ranks, level_count,
                                                                   tails);
  return cudaGetLastError();
}

}  // namespace corridor::cuda
