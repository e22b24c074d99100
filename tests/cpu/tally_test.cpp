// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>

#include "kernels/cpu/backend.hpp"
#include "tests/lane/made_up_grid.hpp"
#include "tests/lane/same_tally.hpp"

namespace corridor {
namespace {

using made_up::Grid;
using made_up::Group;

std::unique_ptr<Backend> backend(const std::string& set, unsigned threads = 2,
                                 cpu::Tuning tuning = {}, std::size_t memory_bytes = 0) {
  return cpu::make_backend({threads, set, memory_bytes}, made_up::tables().set(), tuning);
}

std::vector<GroupTally> tallied(Backend& backend, const std::vector<GroupJob>& jobs,
                                const RunSettings& settings) {
  std::vector<GroupTally> out(jobs.size());
  backend.tally(jobs, settings, out, [](std::size_t) { return true; });
  return out;
}

class Tally : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(InstructionSets, Tally, testing::ValuesIn(cpu::instruction_sets()),
                         [](const auto& set) { return set.param; });

TEST_P(Tally, OfPlainTermsIsThePlainLoop) {
  Group group = made_up::plain_group(40, 8, 20'000);
  made_up::add_group_effect(group);
  const Grid grid = made_up::plain_grid(group, {1.0, 1.1, 1.25, 1.5});
  for (const std::uint32_t years : {1u, 63u, 1025u, 10'000u}) {
    const RunSettings settings{5, years, {(years * 99 + 99) / 100}, false};
    EXPECT_EQ(tallied(*backend(GetParam()), {grid.job(group)}, settings).front(),
              made_up::tally_of(grid.job(group), settings))
        << years;
  }
}

TEST_P(Tally, OfEveryTermIsThePlainLoop) {
  std::mt19937_64 rng(17);
  for (int round = 0; round < 30; ++round) {
    const Group group = made_up::random_group(rng, static_cast<std::uint32_t>(1 + rng() % 120),
                                              static_cast<std::uint32_t>(1 + rng() % 12));
    Grid grid = made_up::plain_grid(group, {0.8, 1.0, 1.3});
    made_up::add_terms(grid, group, rng);
    const RunSettings settings{rng(), 5'000, {1, 4'750, 4'950, 5'000}, rng() % 3 == 0};
    EXPECT_EQ(tallied(*backend(GetParam()), {grid.job(group)}, settings).front(),
              made_up::tally_of(grid.job(group), settings))
        << round;
  }
}

}  // namespace
}  // namespace corridor
