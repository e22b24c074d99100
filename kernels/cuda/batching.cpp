// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/batching.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "kernels/cuda/batch_image.hpp"
#include "kernels/cuda/tally_kernels.hpp"

namespace corridor::cuda {
namespace {

constexpr std::uint64_t launch_blocks_max = std::numeric_limits<std::int32_t>::max();
constexpr std::uint64_t list_values_max = std::numeric_limits<std::int32_t>::max();
/// A value of a list lies in the gathered, in the sorted array and in the sort's scratch.
constexpr std::size_t list_value_bytes = 3 * sizeof(Cents);
/// Cells, cuts, lists, tails of a column and the sort's tables, generously.
constexpr std::size_t column_extra_bytes = 512;
constexpr std::size_t fixed_bytes = 1 << 20;

/// Values that a tail's list holds: those wanted, and half as many again, because a cut keeps whole
/// bins.
std::uint64_t list_length(std::uint32_t years, std::uint32_t wanted) {
  const std::uint64_t least = std::min(years, wanted);
  return std::min<std::uint64_t>(years, least + least / 2 + 256);
}

/// Room for every list at once where that is possible, for the longest that can be in any case.
std::uint64_t list_values(std::uint64_t figures, const BatchLimits& limits, std::uint32_t years) {
  if (limits.wanted == 0) return 0;
  const std::uint64_t all = figures * list_length(years, limits.wanted);
  return std::max<std::uint64_t>(years, std::min(all, list_values_max));
}

struct Totals {
  std::uint64_t columns = 0, figures = 0, groups = 0, rows = 0;
  std::size_t image_bytes = 0;

  void add(const JobNeeds& job) {
    columns += job.sum_columns + job.payout_columns;
    figures += job.figure_count;
    groups += job.counted ? 2 : 1;
    rows += job.row_count;
    image_bytes += job.image_bytes;
  }
  std::size_t bytes(const BatchLimits& limits, std::uint32_t years) const {
    return fixed_bytes + image_bytes + columns * column_extra_bytes +
           columns * column_stride(years) * sizeof(Cents) +
           list_values(figures, limits, years) * list_value_bytes;
  }
  bool launchable(std::uint32_t years) const {
    return std::max(groups, rows) * blocks_per_group(years, block_years) <= launch_blocks_max;
  }
};

/// The most years of one job at a time that fit.
std::uint32_t piece_years(const Totals& job, const BatchLimits& limits) {
  std::uint32_t least = 1, most = limits.years / block_years;
  while (least < most) {
    const std::uint32_t middle = most - (most - least) / 2;
    const bool fits = job.bytes(limits, middle * block_years) <= limits.memory_bytes &&
                      job.launchable(middle * block_years);
    if (fits) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  return std::min(limits.years, least * block_years);
}

auto order(const JobNeeds& job) {
  return std::tuple(job.shape.basis, job.shape.slots, job.shape.thinned, job.shape.staged,
                    ~job.member_count);
}

/// `shared_limit` as in needs_of.
LaneNeeds lane_needs(const GroupView& group, std::uint32_t table_count, std::size_t shared_limit) {
  LaneNeeds needs;
  needs.shape.slots = slots_for(group.threshold_count);
  needs.shape.basis = group.basis != nullptr;
  needs.shape.thinned = group.thinned || needs.shape.basis;
  needs.law_count =
      static_cast<std::uint32_t>(laws_of({group.members, group.member_count}, table_count).size());
  needs.shape.staged = shared_bytes(needs.shape, needs.law_count) <= shared_limit;
  needs.has_personal = group.personal_count > 0;
  return needs;
}

Batch batch_of(const JobNeeds& first, std::uint32_t years) {
  Batch batch;
  batch.shape = first.shape;
  batch.piece_years = years;
  return batch;
}

}  // namespace

bool same_shape(const KernelShape& a, const KernelShape& b) {
  return a.slots == b.slots && a.thinned == b.thinned && a.staged == b.staged && a.basis == b.basis;
}

void add_to_launches(const LaneNeeds& needs, std::uint32_t group,
                     std::vector<LaneLaunch>& launches) {
  if (launches.empty() || !same_shape(launches.back().needs.shape, needs.shape)) {
    launches.push_back({needs, group, 0});
  }
  LaneLaunch& launch = launches.back();
  launch.needs.law_count = std::max(launch.needs.law_count, needs.law_count);
  launch.needs.has_personal |= needs.has_personal;
  ++launch.count;
}

std::uint64_t column_stride(std::uint32_t years) {
  constexpr std::uint64_t sector_rows = 16;
  return (years + sector_rows - 1) / sector_rows * sector_rows;
}

JobNeeds needs_of(const GroupJob& job, std::uint32_t table_count, std::size_t shared_limit) {
  const GroupView& group = job.group;
  JobNeeds needs;
  static_cast<LaneNeeds&>(needs) = lane_needs(group, table_count, shared_limit);
  if (job.counted != nullptr) needs.counted = lane_needs(*job.counted, table_count, shared_limit);
  needs.member_count = group.member_count;
  needs.sum_columns = job_columns(job);
  for (std::uint32_t r = 0; r < job.row_count; ++r) {
    needs.payout_columns += payout_columns(job.rows[r]);
    needs.figure_count += payout_columns(job.rows[r]) - specific_column;
  }
  needs.row_count = job.row_count;
  needs.image_bytes = image_bytes(job);
  return needs;
}

std::size_t batch_bytes(std::span<const JobNeeds> needs, const Batch& batch,
                        const BatchLimits& limits, std::uint32_t years) {
  Totals totals;
  for (const std::size_t job : batch.jobs) totals.add(needs[job]);
  return totals.bytes(limits, years);
}

std::vector<Batch> plan_batches(std::span<const JobNeeds> needs, std::vector<std::size_t> jobs,
                                const BatchLimits& limits) {
  std::stable_sort(jobs.begin(), jobs.end(),
                   [&](std::size_t a, std::size_t b) { return order(needs[a]) < order(needs[b]); });
  std::vector<Batch> batches;
  std::vector<Totals> totals;
  for (const std::size_t job : jobs) {
    Totals alone;
    alone.add(needs[job]);
    Totals together = totals.empty() ? alone : totals.back();
    if (!totals.empty()) together.add(needs[job]);
    const bool joins = !batches.empty() && same_shape(batches.back().shape, needs[job].shape) &&
                       batches.back().piece_years == limits.years &&
                       together.bytes(limits, limits.years) <= limits.memory_bytes &&
                       together.launchable(limits.years);
    if (!joins) {
      const bool whole = alone.bytes(limits, limits.years) <= limits.memory_bytes &&
                         alone.launchable(limits.years);
      batches.push_back(batch_of(needs[job], whole ? limits.years : piece_years(alone, limits)));
      totals.push_back(alone);
    } else {
      totals.back() = together;
    }
    Batch& batch = batches.back();
    batch.jobs.push_back(job);
    batch.list_values =
        static_cast<std::uint32_t>(list_values(totals.back().figures, limits, batch.piece_years));
  }
  return batches;
}

}  // namespace corridor::cuda
