// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// What follows the draws, year by year: sums through the terms into payouts, and the payouts that a
// tail may need picked out of the rest. What only adds up and sorts is in reduce.cu.

#include <cuda_runtime.h>

#include "kernels/cuda/tails.hpp"
#include "kernels/cuda/tally_kernels.hpp"

namespace corridor::cuda {

template <int BlockSize>
__global__ void __launch_bounds__(BlockSize)
    payout_kernel(const PayoutTask* tasks, std::uint32_t year_count) {
  const std::uint32_t blocks = blocks_per_group(year_count, BlockSize);
  const PayoutTask& task = tasks[blockIdx.x / blocks];
  const std::uint32_t year = blockIdx.x % blocks * BlockSize + threadIdx.x;
  if (year >= year_count) return;
  const GridRow& row = *task.row;
  const GroupView* counted = task.counted != nullptr ? &task.counted->view : nullptr;
  YearState state = year_state(task.group->view, row, task.group->sums, year, counted);
  row.terms.apply(state);

  const std::uint64_t stride = task.payouts.stride;
  Cents* column = task.payouts.data + year;
  column[counted_column * stride] = state.counted;
  column[before_asd_column * stride] = state.specific_before_asd;
  column[specific_column * stride] = state.specific;
  AggregateCover cover = row.terms;
  for (std::uint32_t a = 0; a < row.attachment_count; ++a) {
    cover.attachment = row.attachments[a];
    cover.apply(state);
    column[(specific_column + 1 + 2 * a) * stride] = state.aggregate;
    column[(specific_column + 2 + 2 * a) * stride] = carrier(state);
  }
}

/// Shared memory of a block of cut_kernel.
template <int BlockSize>
struct CutCounts {
  std::uint32_t in_bin[tail_bins];
  std::uint32_t of_thread[BlockSize];  ///< sum over the bins of each thread
};

/// Walks down from the top until `wanted` are kept; one thread, because it goes by threads' sums
/// first.
template <int BlockSize>
__device__ TailCut highest_cut(const CutCounts<BlockSize>& counts, std::uint32_t wanted) {
  constexpr std::uint32_t per_thread = tail_bins / BlockSize;
  TailCut cut{tail_bins, 0};
  std::uint32_t thread = BlockSize;
  while (thread > 0 && counts.of_thread[thread - 1] < wanted - cut.count) {
    --thread;
    cut.bin -= per_thread;
    cut.count += counts.of_thread[thread];
  }
  while (cut.bin > 0 && cut.count < wanted) {
    --cut.bin;
    cut.count += counts.in_bin[cut.bin];
  }
  return cut;
}

template <int BlockSize>
__global__ void __launch_bounds__(BlockSize)
    cut_kernel(const Cents* const* columns, std::uint32_t year_count, std::uint32_t wanted,
               TailCut* cuts) {
  extern __shared__ __align__(16) unsigned char memory[];
  CutCounts<BlockSize>& counts = *reinterpret_cast<CutCounts<BlockSize>*>(memory);
  for (std::uint32_t bin = threadIdx.x; bin < tail_bins; bin += BlockSize) counts.in_bin[bin] = 0;
  __syncthreads();
  const Cents* column = columns[blockIdx.x];
  for (std::uint64_t year = threadIdx.x; year < year_count; year += BlockSize) {
    if (column[year] > 0) atomicAdd(&counts.in_bin[tail_bin(column[year])], 1u);
  }
  __syncthreads();
  constexpr std::uint32_t per_thread = tail_bins / BlockSize;
  std::uint32_t sum = 0;
  for (std::uint32_t i = 0; i < per_thread; ++i) {
    sum += counts.in_bin[threadIdx.x * per_thread + i];
  }
  counts.of_thread[threadIdx.x] = sum;
  __syncthreads();
  if (threadIdx.x == 0) cuts[blockIdx.x] = highest_cut(counts, wanted);
}

template <int BlockSize>
__global__ void __launch_bounds__(BlockSize)
    gather_kernel(const GatherTask* tasks, std::uint32_t year_count) {
  extern __shared__ __align__(16) unsigned char memory[];
  std::uint32_t& next = *reinterpret_cast<std::uint32_t*>(memory);
  if (threadIdx.x == 0) next = 0;
  __syncthreads();
  const GatherTask task = tasks[blockIdx.x];
  for (std::uint64_t year = threadIdx.x; year < year_count; year += BlockSize) {
    const Cents amount = task.column[year];
    if (amount > 0 && tail_bin(amount) >= task.lowest_bin) {
      task.values[atomicAdd(&next, 1u)] = amount;
    }
  }
}

inline cudaLaunchConfig_t launch_config(std::uint32_t blocks, int block_size,
                                        std::size_t shared_bytes, cudaStream_t stream) {
  cudaLaunchConfig_t config{};
  config.gridDim = blocks;
  config.blockDim = static_cast<unsigned>(block_size);
  config.dynamicSmemBytes = shared_bytes;
  config.stream = stream;
  return config;
}

template <int BlockSize>
cudaError_t launch_payouts_with(const PayoutTask* tasks, std::uint32_t task_count,
                                std::uint32_t year_count, cudaStream_t stream) {
  const auto config =
      launch_config(task_count * blocks_per_group(year_count, BlockSize), BlockSize, 0, stream);
  return cudaLaunchKernelEx(&config, payout_kernel<BlockSize>, tasks, year_count);
}

template <int BlockSize>
cudaError_t launch_cuts_with(const Cents* const* columns, std::uint32_t column_count,
                             std::uint32_t year_count, std::uint32_t wanted, TailCut* cuts,
                             cudaStream_t stream) {
  const auto config = launch_config(column_count, BlockSize, sizeof(CutCounts<BlockSize>), stream);
  return cudaLaunchKernelEx(&config, cut_kernel<BlockSize>, columns, year_count, wanted, cuts);
}

template <int BlockSize>
cudaError_t launch_gathers_with(const GatherTask* tasks, std::uint32_t task_count,
                                std::uint32_t year_count, cudaStream_t stream) {
  const auto config = launch_config(task_count, BlockSize, sizeof(std::uint32_t), stream);
  return cudaLaunchKernelEx(&config, gather_kernel<BlockSize>, tasks, year_count);
}

cudaError_t launch_payouts(const PayoutTask* tasks, std::uint32_t task_count,
                           std::uint32_t year_count, cudaStream_t stream) {
  return launch_payouts_with<block_years>(tasks, task_count, year_count, stream);
}

cudaError_t launch_cuts(const Cents* const* columns, std::uint32_t column_count,
                        std::uint32_t year_count, std::uint32_t wanted, TailCut* cuts,
                        cudaStream_t stream) {
  return launch_cuts_with<block_years>(columns, column_count, year_count, wanted, cuts, stream);
}

cudaError_t launch_gathers(const GatherTask* tasks, std::uint32_t task_count,
                           std::uint32_t year_count, cudaStream_t stream) {
  return launch_gathers_with<block_years>(tasks, task_count, year_count, stream);
}

}  // namespace corridor::cuda
