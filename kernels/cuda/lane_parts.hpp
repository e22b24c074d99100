// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the kernels that walk the members of a group have in common. For .cu files alone.

#include <cuda_runtime.h>

#include <type_traits>

#include "kernels/cuda/lane_kernel.hpp"
#include "kernels/lane/group_year.hpp"

namespace corridor::cuda {

constexpr std::uint32_t all_lanes = ~0u, largest_word = ~0u;
static_assert(members_per_stage % flush_every == 0, "a stage ends with a flush");
static_assert(flush_every % members_per_step == 0, "a flush ends a step");

/// A member as the hot loop reads it: the scale, and where the law's bucket of survival bits 0
/// would lie: the shared address where laws are staged, else the index into the table set.
struct alignas(8) Row {
  float scale;
  std::uint32_t law;
};
struct alignas(16) ThinnedRow {
  float scale;
  std::uint32_t law;
  float inverse_exposure, unused;
};

/// Compile-time choices of one instance; see KernelShape.
template <int Slots, bool Thinned, bool Staged, int BlockSize, bool Basis>
struct Shape {
  static constexpr std::uint32_t slots = Slots;
  static constexpr bool thinned = Thinned;
  static constexpr bool staged = Staged;
  static constexpr bool basis = Basis;
  static constexpr std::uint32_t block_size = BlockSize;
  /// Blocks of a multiprocessor that the compiler keeps registers for; left alone it aims for more,
  /// and spills.
  static constexpr int least_blocks = Slots <= 8 ? (Basis ? 2 : 3) : (Basis ? 1 : 2);
  using RowType = std::conditional_t<Thinned, ThinnedRow, Row>;
};

/// Shared memory of a block. The laws come last because only their number differs between batches:
/// every other address is then a constant of the hot loop.
template <class S>
struct Shared {
  struct alignas(16) RowPair {
    typename S::RowType row[2];
  };
  RowPair rows[members_per_stage / 2];
  float queue[queue_capacity][S::block_size];
  std::uint32_t thresholds[S::slots];  ///< cents, the largest word for what is more
  Cents cut[S::block_size];            ///< taken off at the cap
  Bucket laws[1];                      ///< [law_count][bucket_count]
};

/// What a thread carries from member to member. `listed` sums max(claim, threshold) over listed
/// claims: taking the thresholds off once at the end saves a subtraction for each of them.
template <class S>
struct YearSums {
  std::uint64_t listed[S::slots] = {};
  std::uint32_t listed_count = 0;
  double total_usd = 0;
  float partial_usd = 0;  ///< not yet flushed
};

// Addresses within the block's shared memory, in one register instead of a generic pointer's two.
template <class T>
__device__ __forceinline__ std::uint32_t shared_address(const T* pointer) {
  return static_cast<std::uint32_t>(__cvta_generic_to_shared(pointer));
}
template <class T>
__device__ __forceinline__ T& shared_at(std::uint32_t address) {
  return *static_cast<T*>(__cvta_shared_to_generic(address));
}

/// Listed claims that a thread holds back: a column of Shared::queue, so that the threads of a warp
/// write to different banks.
template <class S>
struct Queue {
  static constexpr std::uint32_t stride = S::block_size * sizeof(float);
  std::uint32_t begin, end;

  __device__ __forceinline__ explicit Queue(const Shared<S>& shared)
      : begin(shared_address(&shared.queue[0][threadIdx.x])), end(begin) {}

  __device__ __forceinline__ void push(float claim) {
    shared_at<float>(end) = claim;
    end += stride;
  }
  /// Another step might not find room.
  __device__ __forceinline__ bool nearly_full() const {
    return end > begin + (queue_capacity - members_per_step) * stride;
  }
};

template <class S>
__device__ __forceinline__ void stage_group(const DeviceGroup& job, Shared<S>& shared) {
  const GroupView& group = job.view;
  for (std::uint32_t law = 0; S::staged && law < job.law_count; ++law) {
    const Bucket* from = group.tables + std::size_t{job.laws[law]} * bucket_count;
    for (std::uint32_t i = threadIdx.x; i < bucket_count; i += S::block_size) {
      shared.laws[law * bucket_count + i] = from[i];
    }
  }
  for (std::uint32_t k = threadIdx.x; k < S::slots; k += S::block_size) {
    const Cents amount = k < group.threshold_count ? group.thresholds[k] : unlimited;
    shared.thresholds[k] = static_cast<std::uint32_t>(smaller(amount, largest_word));
  }
  shared.cut[threadIdx.x] = 0;
}

template <class S>
__device__ __forceinline__ std::uint32_t law_origin(const Member& member, const Shared<S>& shared) {
  const std::uint32_t law = S::staged ? member.unused : member.table;
  const std::uint32_t origin = law * bucket_count - first_bucket_bits;
  if constexpr (!S::staged) return origin;
  return shared_address(shared.laws) + origin * static_cast<std::uint32_t>(sizeof(Bucket));
}

/// Rows of the members from `first` on; those beyond the group have scale 0 and add nothing.
template <class S>
__device__ __forceinline__ void stage_rows(const GroupView& group, std::uint32_t first,
                                           Shared<S>& shared) {
  for (std::uint32_t i = threadIdx.x; i < members_per_stage; i += S::block_size) {
    const bool present = i < group.member_count - first;
    const Member member = present ? group.members[first + i] : Member{};
    typename S::RowType row{};
    row.scale = member.scale;
    row.law = law_origin(member, shared);
    if constexpr (S::thinned) row.inverse_exposure = member.inverse_exposure;
    shared.rows[i / 2].row[i % 2] = row;
  }
}

/// The lane's bucket of a survival, its index folded into the address.
template <class S>
__device__ __forceinline__ Bucket bucket_at(const Bucket* tables, std::uint32_t law,
                                            float survival) {
  // A funnel shift, because the compiler would fold a plain one with the scaling that follows, into
  // three instructions instead of two.
  const std::uint32_t bits = __funnelshift_rc(bits_of(survival), 0, bucket_shift);
  if constexpr (!S::staged) return tables[law + bits];
  return shared_at<const Bucket>(law + bits * static_cast<std::uint32_t>(sizeof(Bucket)));
}

template <class Generator>
__device__ __forceinline__ float tail_survival(std::uint32_t word, std::uint32_t year,
                                               std::uint32_t member, StreamKey key,
                                               const Generator& draw) {
  const Words tail = draw(counter_of(Purpose::claim_tail, year, member, key));
  // Chosen by comparisons: an index into the words would put them in local memory.
  const std::uint32_t even = member & 2 ? tail.w[2] : tail.w[0];
  const std::uint32_t odd = member & 2 ? tail.w[3] : tail.w[1];
  return refined_survival(word, member & 1 ? odd : even);
}

/// Survival probabilities of the members from `first` on, before thinning.
template <class Generator>
__device__ __forceinline__ void draw_survival(std::uint32_t year, std::uint32_t first,
                                              StreamKey key, const Generator& draw,
                                              float (&survival)[members_per_step]) {
  std::uint32_t word[members_per_step], least = largest_word;
#pragma unroll
  for (std::uint32_t i = 0; i < members_per_step; i += 4) {
    const Words words = draw(counter_of(Purpose::claim, year, first + i, key));
#pragma unroll
    for (std::uint32_t j = 0; j < 4; ++j) {
      word[i + j] = words.w[j];
      survival[i + j] = survival_of(words.w[j]);
      least = min(least, words.w[j]);
    }
  }
  if (!__any_sync(all_lanes, needs_refining(least))) return;
#pragma unroll
  for (std::uint32_t i = 0; i < members_per_step; ++i) {
    if (needs_refining(word[i])) survival[i] = tail_survival(word[i], year, first + i, key, draw);
  }
}

/// Claims of four members, in dollars before the year's effect. By fours, because eight at a time
/// take more registers than they save in waiting.
template <class S>
__device__ __forceinline__ void look_up(const Bucket* tables,
                                        const typename Shared<S>::RowPair* pairs,
                                        float inverse_frequency, const float* survival,
                                        float (&claim)[4]) {
#pragma unroll
  for (std::uint32_t i = 0; i < 4; i += 2) {
    const typename Shared<S>::RowPair pair = pairs[i / 2];
#pragma unroll
    for (std::uint32_t j = 0; j < 2; ++j) {
      const typename S::RowType& row = pair.row[j];
      float s = survival[i + j];
      if constexpr (S::thinned) s = thinned_survival(s, row.inverse_exposure, inverse_frequency);
      const Bucket bucket = bucket_at<S>(tables, row.law, s);
      claim[i + j] = fused(bucket.slope, s, bucket.intercept) * row.scale;
    }
  }
}

/// Adds a claim that is above the cap, or too large for a word.
template <class S>
__device__ __forceinline__ void add_large(const GroupView& group, double cents, Shared<S>& shared,
                                          YearSums<S>& sums) {
  const Cents whole = to_cents(cents), capped = smaller(whole, group.maximum);
  shared.cut[threadIdx.x] += whole - capped;
#pragma unroll
  for (std::uint32_t k = 0; k < S::slots; ++k) {
    if (k < group.threshold_count) sums.listed[k] += excess_over(capped, group.thresholds[k]);
  }
}

/// Empties a thread's queue into its sums.
template <class S>
__device__ __forceinline__ void drain(const GroupView& group, double cents_a_dollar,
                                      Shared<S>& shared, Queue<S>& queue, YearSums<S>& sums) {
  const auto word_cap = static_cast<std::uint32_t>(smaller(group.maximum, largest_word));
#pragma unroll 1
  for (std::uint32_t place = queue.begin; place < queue.end; place += Queue<S>::stride) {
    const double cents = static_cast<double>(shared_at<float>(place)) * cents_a_dollar;
    // to_cents without a conversion: below 2^51 the whole number stands in the low bits.
    const std::uint64_t whole = __builtin_bit_cast(std::uint64_t, cents + rounding_anchor) -
                                __builtin_bit_cast(std::uint64_t, rounding_anchor);
    if (whole > word_cap) {
      add_large(group, cents, shared, sums);
      continue;
    }
    ++sums.listed_count;
#pragma unroll
    for (std::uint32_t k = 0; k < S::slots; ++k) {
      sums.listed[k] += max(static_cast<std::uint32_t>(whole), shared.thresholds[k]);
    }
  }
  queue.end = queue.begin;
}

template <class S>
__device__ __forceinline__ void store_sums(const DeviceGroup& job, const Shared<S>& shared,
                                           double cents_a_dollar, const YearSums<S>& sums,
                                           std::uint32_t row) {
  Cents ground_up = to_cents(sums.total_usd * cents_a_dollar);
  ground_up -= shared.cut[threadIdx.x];
#pragma unroll
  for (std::uint32_t k = 0; k < S::slots; ++k) {
    const auto excess = static_cast<Cents>(sums.listed[k] -
                                           std::uint64_t{sums.listed_count} * shared.thresholds[k]);
    if (k == 0) ground_up = larger(ground_up, excess);
    if (k < job.view.threshold_count) job.sums.data[(1 + k) * job.sums.stride + row] = excess;
  }
  job.sums.data[row] = ground_up;
}

}  // namespace corridor::cuda
