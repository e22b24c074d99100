// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernels/cpu/backend.hpp"
#include "tests/lane/made_up_grid.hpp"
#include "tests/lane/same_tally.hpp"

namespace corridor::made_up {

inline std::unique_ptr<Backend> backend(const std::string& set, unsigned threads = 2,
                                        cpu::Tuning tuning = {}, std::size_t memory_bytes = 0) {
  return cpu::make_backend({threads, set, memory_bytes}, tables().set(), tuning);
}

inline std::vector<GroupTally> tallied(Backend& backend, const std::vector<GroupJob>& jobs,
                                       const RunSettings& settings) {
  std::vector<GroupTally> out(jobs.size());
  backend.tally(jobs, settings, out, [](std::size_t) { return true; });
  return out;
}

/// Groups of mixed sizes and features with their grids.
struct SmallBook {
  std::deque<Group> groups;
  std::deque<Grid> grids;
  std::vector<GroupJob> jobs;

  explicit SmallBook(std::uint64_t seed, int group_count = 12) {
    std::mt19937_64 rng(seed);
    for (int g = 0; g < group_count; ++g) {
      const auto members = static_cast<std::uint32_t>(1 + rng() % 150);
      const auto thresholds = static_cast<std::uint32_t>(1 + rng() % 9);
      groups.push_back(random_group(rng, members, thresholds));
      grids.push_back(plain_grid(groups.back(), {1.0, 1.25}));
      add_terms(grids.back(), groups.back(), rng);
      jobs.push_back(grids.back().job(groups.back()));
    }
  }
};

}  // namespace corridor::made_up
