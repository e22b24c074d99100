// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The hot kernel for groups under a contract basis. For .cu files alone.

#include "kernels/cuda/lane_parts.hpp"

namespace corridor::cuda {

/// Share of the claims of a month; see PaidShares.
struct alignas(8) MonthShare {
  float small, large_less_small;
};

/// Shared memory of a block: what the years of a basis need before what the lane needs.
template <class S>
struct BasisShared {
  MonthShare share[basis_years_max][month_cells];
  std::uint8_t month[month_slots];
  float severity[basis_years_max][S::block_size];           ///< of each thread's years
  float inverse_frequency[basis_years_max][S::block_size];  ///< likewise
  /// What the members of a step claim in the policy's year, while years before it are drawn.
  float own[members_per_step][S::block_size];
  Shared<S> lane;
};

template <class S>
__device__ __forceinline__ void stage_basis(const Basis& basis, BasisShared<S>& shared) {
  for (std::uint32_t slot = threadIdx.x; slot < month_slots; slot += S::block_size) {
    shared.month[slot] = static_cast<std::uint8_t>(month_of(basis.months, slot));
  }
  for (std::uint32_t i = threadIdx.x; i < basis_years_max * month_cells; i += S::block_size) {
    const std::uint32_t back = i / month_cells, month = i % month_cells;
    const PaidShares& shares = basis.shares[back];
    shared.share[back][month] = {shares.small[month], shares.large_less_small[month]};
  }
}

/// basis_effects of the thread's year, left in shared memory: they are read once a step.
template <class S, class Generator>
__device__ __forceinline__ void stage_effects(const GroupView& group, std::uint32_t year,
                                              const Generator& draw, BasisShared<S>& shared) {
#pragma unroll 1
  for (std::uint32_t back = 0; back <= group.basis->prior_years; ++back) {
    const YearEffect effect = year_effect(group, year, draw, back);
    shared.severity[back][threadIdx.x] = effect.severity * group.basis->relative_scale[back];
    shared.inverse_frequency[back][threadIdx.x] = effect.inverse_frequency;
  }
}

/// One of four words, chosen by comparisons: an index would put them in local memory.
__device__ __forceinline__ std::uint32_t word_of(const Words& words, std::uint32_t member) {
  const std::uint32_t even = member & 2 ? words.w[2] : words.w[0];
  const std::uint32_t odd = member & 2 ? words.w[3] : words.w[1];
  return member & 1 ? odd : even;
}

/// A year of the members of a step: person_year of each, months still as slots, the low bits of
/// `slot`.
struct StepYear {
  float survival[members_per_step];
  std::uint32_t slot[members_per_step];
};

template <class Generator>
__device__ __forceinline__ StepYear draw_year(std::uint32_t back, std::uint32_t year,
                                              std::uint32_t first, StreamKey key,
                                              const Generator& draw) {
  StepYear drawn;
  std::uint32_t least = largest_word;
#pragma unroll
  for (std::uint32_t i = 0; i < members_per_step; i += 4) {
    const Words words = draw(counter_of(claim_purpose(Purpose::claim, back), year, first + i, key));
#pragma unroll
    for (std::uint32_t j = 0; j < 4; ++j) {
      drawn.survival[i + j] = survival_of(words.w[j]);
      drawn.slot[i + j] = words.w[j];
      least = min(least, words.w[j]);
    }
  }
  if (!__any_sync(all_lanes, needs_refining(least))) return drawn;
  const Purpose tail = claim_purpose(Purpose::claim_tail, back);
  const Purpose month = claim_purpose(Purpose::claim_month, back);
#pragma unroll
  for (std::uint32_t i = 0; i < members_per_step; ++i) {
    const std::uint32_t word = drawn.slot[i];
    if (!needs_refining(word)) continue;
    const std::uint32_t member = first + i;
    const std::uint32_t more = word_of(draw(counter_of(tail, year, member, key)), member);
    drawn.survival[i] = refined_survival(word, more);
    drawn.slot[i] =
        word_of(draw(counter_of(month, year, member, key)), member) >> (32 - month_slot_bits);
  }
  return drawn;
}

/// Survivals of a year before that with survivals `later`.
__device__ __forceinline__ void repeat_some(const Persistence& persistence,
                                            const float (&later)[members_per_step],
                                            StepYear& drawn) {
#pragma unroll
  for (std::uint32_t i = 0; i < members_per_step; ++i) {
    drawn.survival[i] = persistence.survival(drawn.survival[i], later[i]);
  }
}

/// eligible_usd of the members of a step in one year, added to `usd`.
template <class S>
__device__ __forceinline__ void add_eligible(const Bucket* tables, const BasisShared<S>& shared,
                                             std::uint32_t back, std::uint32_t first_row,
                                             const StepYear& drawn,
                                             float (&usd)[members_per_step]) {
  const float inverse_frequency = shared.inverse_frequency[back][threadIdx.x];
  const float severity = shared.severity[back][threadIdx.x];
#pragma unroll
  for (std::uint32_t i = 0; i < members_per_step; ++i) {
    const std::uint32_t place = first_row + i;
    const typename S::RowType row = shared.lane.rows[place / 2].row[place % 2];
    const float s = thinned_survival(drawn.survival[i], row.inverse_exposure, inverse_frequency);
    const Bucket bucket = bucket_at<S>(tables, row.law, s);
    const float claim = fused(bucket.slope, s, bucket.intercept);
    const MonthShare share = shared.share[back][shared.month[drawn.slot[i] % month_slots]];
    const float paid = fused(large_weight(claim), share.large_less_small, share.small);
    usd[i] += row.scale * severity * claim * paid;
  }
}

/// eligible_claim of the members of a step.
struct StepClaims {
  float total[members_per_step], run_in[members_per_step];
};

template <class S, class Generator>
__device__ __forceinline__ StepClaims draw_claims(const GroupView& group, BasisShared<S>& shared,
                                                  std::uint32_t year, std::uint32_t first,
                                                  std::uint32_t first_row, const Generator& draw) {
  const Basis& basis = *group.basis;
  StepClaims claims{};
  StepYear drawn = draw_year(0, year, first, group.key, draw);
  add_eligible(group.tables, shared, 0, first_row, drawn, claims.total);
  if (basis.prior_years == 0) return claims;
#pragma unroll
  for (std::uint32_t i = 0; i < members_per_step; ++i) {
    shared.own[i][threadIdx.x] = claims.total[i];
  }
#pragma unroll 1
  for (std::uint32_t back = 1; back <= basis.prior_years; ++back) {
    StepYear before = draw_year(back, year, first, group.key, draw);
    repeat_some(basis.persistence, drawn.survival, before);
    add_eligible(group.tables, shared, back, first_row, before, claims.run_in);
    drawn = before;
  }
#pragma unroll
  for (std::uint32_t i = 0; i < members_per_step; ++i) {
    const float limit = basis.run_in_limit_usd;
    claims.run_in[i] = claims.run_in[i] < limit ? claims.run_in[i] : limit;
    claims.total[i] = shared.own[i][threadIdx.x] + claims.run_in[i];
  }
  return claims;
}

/// simulate_basis_year for every year of every group of the batch, without persons with own terms.
template <class S, class Generator>
__global__ void __launch_bounds__(S::block_size, S::least_blocks)
    basis_kernel(const LaneBatch batch, const __grid_constant__ Generator draw) {
  extern __shared__ __align__(16) unsigned char memory[];
  BasisShared<S>& shared = *reinterpret_cast<BasisShared<S>*>(memory);
  const std::uint32_t blocks = blocks_per_group(batch.year_count, S::block_size);
  const DeviceGroup& job = batch.groups[blockIdx.x / blocks];
  const std::uint32_t row = blockIdx.x % blocks * S::block_size + threadIdx.x;
  const std::uint32_t year = batch.first_year + row;
  stage_group(job, shared.lane);
  stage_basis(*job.view.basis, shared);
  stage_effects(job.view, year, draw, shared);

  const float floor_usd = eligible_floor_usd(job.view);
  const std::uint32_t member_count = job.view.member_count;
  YearSums<S> sums;
  FlushedSum run_in;
  Queue<S> queue(shared.lane);

  // As in lane_kernel, every thread of a block walks the same members.
#pragma unroll 1
  for (std::uint32_t first = 0; first < member_count; first += members_per_stage) {
    __syncthreads();
    stage_rows(job.view, first, shared.lane);
    __syncthreads();
    const std::uint32_t count = min(member_count - first, members_per_stage);
#pragma unroll 1
    for (std::uint32_t step = 0; step < count; step += members_per_step) {
      const StepClaims claims = draw_claims(job.view, shared, year, first + step, step, draw);
#pragma unroll
      for (std::uint32_t i = 0; i < members_per_step; ++i) {
        sums.partial_usd += claims.total[i];
        run_in.add(claims.run_in[i]);
        if (claims.total[i] > floor_usd) queue.push(claims.total[i]);
      }
      if (__any_sync(all_lanes, queue.nearly_full())) {
        drain(job.view, cents_per_eligible_usd, shared.lane, queue, sums);
      }
      if (!ends_flush(step + members_per_step - 1) && step + members_per_step < count) continue;
      sums.total_usd += static_cast<double>(sums.partial_usd);
      sums.partial_usd = 0;
      run_in.flush();
    }
  }
  drain(job.view, cents_per_eligible_usd, shared.lane, queue, sums);
  if (row >= batch.year_count) return;
  store_sums(job, shared.lane, cents_per_eligible_usd, sums, row);
  if (!has_run_in(job.view)) return;
  job.sums.data[run_in_column(job.view) * job.sums.stride + row] =
      to_cents(run_in.total * cents_per_eligible_usd);
}

}  // namespace corridor::cuda
