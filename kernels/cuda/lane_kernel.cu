// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The hot kernel of the CUDA back end: a block takes one group and as many years as it has threads,
// a thread walks the members of the group in index order. What a claim is stands in kernels/lane;
// what is done here and in lane_parts.hpp is to bring rows and tables near, to put claims above the
// listing floor in a queue, and to turn the queue into whole cents when it is nearly full.

#include <cuda_runtime.h>

#include "kernels/cuda/basis_lane.hpp"
#include "kernels/cuda/curand_philox.hpp"

namespace corridor::cuda {

/// simulate_year for every year of every group of the batch, without persons with own terms.
template <class S, class Generator>
__global__ void __launch_bounds__(S::block_size, S::least_blocks)
    lane_kernel(const LaneBatch batch, const __grid_constant__ Generator draw) {
  extern __shared__ __align__(16) unsigned char memory[];
  Shared<S>& shared = *reinterpret_cast<Shared<S>*>(memory);
  const std::uint32_t blocks = blocks_per_group(batch.year_count, S::block_size);
  const DeviceGroup& job = batch.groups[blockIdx.x / blocks];
  const std::uint32_t row = blockIdx.x % blocks * S::block_size + threadIdx.x;
  const std::uint32_t year = batch.first_year + row;
  stage_group(job, shared);
  __syncthreads();

  const YearEffect effect = year_effect(job.view, year, draw);
  const double cents_a_dollar = cents_per_usd(effect.severity);
  const float floor_usd = listing_floor_usd(job.view, effect.severity);
  const std::uint32_t member_count = job.view.member_count;
  const StreamKey key = job.view.key;
  const Bucket* tables = job.view.tables;
  YearSums<S> sums;
  Queue<S> queue(shared);

  // Every thread of a block walks the same members, also one whose year is beyond the batch: the
  // barriers and the votes need all of them.
#pragma unroll 1
  for (std::uint32_t first = 0; first < member_count; first += members_per_stage) {
    __syncthreads();
    stage_rows(job.view, first, shared);
    __syncthreads();
    const std::uint32_t count = min(member_count - first, members_per_stage);
#pragma unroll 1
    for (std::uint32_t flush = 0; flush < count; flush += flush_every) {
      const std::uint32_t end = min(count, flush + flush_every);
#pragma unroll 1
      for (std::uint32_t step = flush; step < end; step += members_per_step) {
        float survival[members_per_step];
        draw_survival(year, first + step, key, draw, survival);
#pragma unroll
        for (std::uint32_t i = 0; i < members_per_step; i += 4) {
          float claim[4];
          look_up<S>(tables, shared.rows + (step + i) / 2, effect.inverse_frequency, survival + i,
                     claim);
#pragma unroll
          for (std::uint32_t j = 0; j < 4; ++j) {
            sums.partial_usd += claim[j];
            if (claim[j] > floor_usd) queue.push(claim[j]);
          }
        }
        if (__any_sync(all_lanes, queue.nearly_full())) {
          drain(job.view, cents_a_dollar, shared, queue, sums);
        }
      }
      sums.total_usd += static_cast<double>(sums.partial_usd);
      sums.partial_usd = 0;
    }
  }
  drain(job.view, cents_a_dollar, shared, queue, sums);
  if (row < batch.year_count) store_sums(job, shared, cents_a_dollar, sums, row);
}

/// Adds what persons with own terms claim to the columns of a year that the members have filled,
/// and fills the columns of bands and families.
__device__ __forceinline__ void add_persons(const DeviceGroup& job, const StopLossSums& sums,
                                            std::uint32_t row) {
  const GroupView& group = job.view;
  const auto column = [&](std::uint32_t c) -> Cents& {
    return job.sums.data[c * job.sums.stride + row];
  };
  column(0) += sums.ground_up;
  for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
    column(1 + k) += sums.excess[k];
    column(band_column(group) + k) = sums.band[k];
    if (has_families(group)) column(family_column(group) + k) = sums.family[k];
  }
  if (has_run_in(group)) column(run_in_column(group)) += sums.run_in;
}

/// The persons with own terms of groups that lane_kernel or basis_kernel have been through.
template <int BlockSize, class Generator>
__global__ void __launch_bounds__(BlockSize)
    personal_kernel(const LaneBatch batch, const __grid_constant__ Generator draw) {
  const std::uint32_t blocks = blocks_per_group(batch.year_count, BlockSize);
  const DeviceGroup& job = batch.groups[blockIdx.x / blocks];
  const std::uint32_t row = blockIdx.x % blocks * BlockSize + threadIdx.x;
  if (row >= batch.year_count || job.view.personal_count == 0) return;
  const std::uint32_t year = batch.first_year + row;
  StopLossSums sums;
  if (job.view.basis != nullptr) {
    add_personal_claims(job.view, year, basis_effects(job.view, year, draw), draw, sums);
  } else {
    add_personal_claims(job.view, year, year_effect(job.view, year, draw), draw, sums);
  }
  add_persons(job, sums, row);
}

template <class S>
std::size_t shared_bytes_of(std::uint32_t law_count) {
  const std::size_t laws = S::staged ? std::size_t{law_count} * bucket_count * sizeof(Bucket) : 0;
  const std::size_t basis = S::basis ? offsetof(BasisShared<S>, lane) : 0;
  return basis + offsetof(Shared<S>, laws) + laws;
}

template <class S, class Generator>
constexpr auto kernel_of() {
  if constexpr (S::basis) {
    return basis_kernel<S, Generator>;
  } else {
    return lane_kernel<S, Generator>;
  }
}

template <class S, class Generator>
cudaError_t launch_shape(const LaneBatch& batch, std::uint32_t law_count, const Generator& draw,
                         cudaStream_t stream) {
  cudaLaunchConfig_t config{};
  config.gridDim = batch.group_count * blocks_per_group(batch.year_count, S::block_size);
  config.blockDim = S::block_size;
  config.dynamicSmemBytes = shared_bytes_of<S>(law_count);
  config.stream = stream;
  const auto kernel = kernel_of<S, Generator>();
  cudaError_t error = cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize,
                                           static_cast<int>(config.dynamicSmemBytes));
  if (error == cudaSuccess && S::staged) {
    // Nothing is read through the cache then; more blocks fit a multiprocessor.
    error = cudaFuncSetAttribute(kernel, cudaFuncAttributePreferredSharedMemoryCarveout,
                                 cudaSharedmemCarveoutMaxShared);
  }
  return error == cudaSuccess ? cudaLaunchKernelEx(&config, kernel, batch, draw) : error;
}

template <int BlockSize, class Generator>
cudaError_t launch_personal(const LaneBatch& batch, const Generator& draw, cudaStream_t stream) {
  cudaLaunchConfig_t config{};
  config.gridDim = batch.group_count * blocks_per_group(batch.year_count, BlockSize);
  config.blockDim = BlockSize;
  config.stream = stream;
  return cudaLaunchKernelEx(&config, personal_kernel<BlockSize, Generator>, batch, draw);
}

/// Calls visit(Shape{}) with the compile-time twin of `shape`.
template <int BlockSize, class Visit>
auto with_shape(KernelShape shape, Visit&& visit) {
  const auto with_slots = [&](auto thinned, auto staged, auto basis) {
    constexpr bool is_thinned = decltype(thinned)::value, is_staged = decltype(staged)::value;
    constexpr bool on_basis = decltype(basis)::value;
    if (shape.slots <= 8) return visit(Shape<8, is_thinned, is_staged, BlockSize, on_basis>{});
    if (shape.slots <= 16) return visit(Shape<16, is_thinned, is_staged, BlockSize, on_basis>{});
    return visit(Shape<32, is_thinned, is_staged, BlockSize, on_basis>{});
  };
  constexpr std::true_type yes;
  constexpr std::false_type no;
  if (shape.basis) return shape.staged ? with_slots(yes, yes, yes) : with_slots(yes, no, yes);
  if (shape.thinned) return shape.staged ? with_slots(yes, yes, no) : with_slots(yes, no, no);
  return shape.staged ? with_slots(no, yes, no) : with_slots(no, no, no);
}

template <int BlockSize, class Generator>
cudaError_t launch_lanes_with(KernelShape shape, const LaneBatch& batch, std::uint32_t law_count,
                              bool has_personal, const Generator& draw, cudaStream_t stream) {
  const cudaError_t error = with_shape<BlockSize>(shape, [&](auto twin) {
    return launch_shape<decltype(twin)>(batch, law_count, draw, stream);
  });
  if (error != cudaSuccess || !has_personal) return error;
  return launch_personal<BlockSize>(batch, draw, stream);
}

std::size_t shared_bytes(KernelShape shape, std::uint32_t law_count) {
  return with_shape<block_years>(
      shape, [&](auto twin) { return shared_bytes_of<decltype(twin)>(law_count); });
}

cudaError_t kernel_image_status() {
  cudaFuncAttributes attributes{};
  return cudaFuncGetAttributes(
      &attributes, lane_kernel<Shape<8, false, true, block_years, false>, CurandPhilox>);
}

cudaError_t launch_lanes(KernelShape shape, const LaneBatch& batch, std::uint32_t law_count,
                         bool has_personal, const RoundKeys& keys, cudaStream_t stream) {
  return launch_lanes_with<block_years>(shape, batch, law_count, has_personal, CurandPhilox{keys},
                                        stream);
}

}  // namespace corridor::cuda
