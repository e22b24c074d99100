// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/backend.hpp"

#include <algorithm>

namespace corridor {
namespace {

/// Sums of one job that are held at once.
constexpr std::size_t held_bytes = std::size_t{256} << 20;

/// Blocks that follow one another without a gap, as many as may be held at once.
struct Stretch {
  std::size_t first_block = 0, last_block = 0;  ///< [first, last)
  YearBlock years;
};

std::vector<Stretch> stretches(std::span<const YearBlock> blocks, std::size_t bytes_a_year) {
  const std::uint64_t most = std::max<std::uint64_t>(held_bytes / bytes_a_year, 1);
  std::vector<Stretch> result;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    Stretch* last = result.empty() ? nullptr : &result.back();
    const bool goes_on = last != nullptr &&
                         blocks[b].first == last->years.first + last->years.count &&
                         std::uint64_t{last->years.count} + blocks[b].count <= most;
    if (!goes_on) last = &result.emplace_back(Stretch{b, b, {blocks[b].first, 0}});
    last->last_block = b + 1;
    last->years.count += blocks[b].count;
  }
  return result;
}

}  // namespace

// Long stretches of one job keep a device busy where single blocks would not.
void Backend::each_block(std::span<const GroupJob> jobs, std::uint64_t seed,
                         std::span<const YearBlock> blocks, const BlockVisit& visit) {
  std::vector<Cents> sums;
  for (std::size_t j = 0; j < jobs.size(); ++j) {
    const GroupJob& job = jobs[j];
    for (const Stretch& stretch : stretches(blocks, sizeof(Cents) * job_columns(job))) {
      const YearBlock& years = stretch.years;
      sums.resize(std::max(sums.size(), std::size_t{job_columns(job)} * years.count));
      const SumsView out{sums.data(), years.count};
      simulate(job.group, seed, years.first, years.count, out);
      if (job.counted != nullptr) {
        simulate(*job.counted, seed, years.first, years.count,
                 {out.data + sums_columns(job.group) * out.stride, out.stride});
      }
      for (std::size_t b = stretch.first_block; b < stretch.last_block; ++b) {
        visit(b, j, {out.data + (blocks[b].first - years.first), out.stride});
      }
    }
  }
}

}  // namespace corridor
