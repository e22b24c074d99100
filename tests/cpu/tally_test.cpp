// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <string>

#include "tests/cpu/backends.hpp"

namespace corridor {
namespace {

using made_up::backend;
using made_up::Grid;
using made_up::Group;
using made_up::tallied;

class Tally : public testing::TestWithParam<std::string> {
 protected:
  void expect_the_plain_loop(const GroupJob& job, const RunSettings& settings,
                             cpu::Tuning tuning = {}) {
    const GroupTally tally = tallied(*backend(GetParam(), 2, tuning), {job}, settings).front();
    EXPECT_TRUE(tally == made_up::tally_of(job, settings)) << settings.years << " years";
  }
};
INSTANTIATE_TEST_SUITE_P(InstructionSets, Tally, testing::ValuesIn(cpu::instruction_sets()),
                         [](const auto& set) { return set.param; });

TEST_P(Tally, OfPlainTermsIsThePlainLoop) {
  Group group = made_up::plain_group(40, 8, 20'000);
  made_up::add_group_effect(group);
  const Grid grid = made_up::plain_grid(group, {1.0, 1.1, 1.25, 1.5});
  for (const std::uint32_t years : {1u, 63u, 1'025u, 10'000u}) {
    expect_the_plain_loop(grid.job(group), {5, years, {(years * 99 + 99) / 100}, false});
  }
}

TEST_P(Tally, OfPlainTermsWithLaseredPersonsIsThePlainLoop) {
  Group group = made_up::plain_group(40, 8, 20'000);
  for (std::uint32_t member : {3u, 4u, 30u}) made_up::give_own_terms(group, member, 2, unlimited);
  const Grid grid = made_up::plain_grid(group, {1.0, 1.25});
  expect_the_plain_loop(grid.job(group), {5, 9'000, {8'900}, false});
}

TEST_P(Tally, OfEveryTermIsThePlainLoop) {
  std::mt19937_64 rng(17);
  for (int round = 0; round < 30; ++round) {
    const Group group = made_up::random_group(rng, static_cast<std::uint32_t>(1 + rng() % 120),
                                              static_cast<std::uint32_t>(1 + rng() % 12));
    Grid grid = made_up::plain_grid(group, {0.8, 1.0, 1.3});
    made_up::add_terms(grid, group, rng);
    expect_the_plain_loop(grid.job(group),
                          {rng(), 5'000, {1, 4'750, 4'950, 5'000}, rng() % 3 == 0});
  }
}

TEST_P(Tally, UnderBasesWithSecondViewsIsThePlainLoop) {
  std::mt19937_64 rng(18);
  for (std::uint32_t round = 0; round < 16; ++round) {
    const Group group =
        made_up::random_basis_group(rng, static_cast<std::uint32_t>(1 + rng() % 80),
                                    static_cast<std::uint32_t>(1 + rng() % 12), round % 4);
    Group counted = group;
    counted.members.front().scale = 0;
    counted.basis.reset();
    if (rng() % 2)
      counted.basis = made_up::random_basis(rng, static_cast<std::uint32_t>(rng() % 4));
    const GroupView second = counted.view();
    Grid grid = made_up::plain_grid(group, {0.8, 1.0, 1.3});
    made_up::add_terms(grid, group, rng);
    GroupJob job = grid.job(group);
    if (rng() % 3 != 0) job.counted = &second;
    expect_the_plain_loop(job, {rng(), 3'000, {1, 2'850, 3'000}, rng() % 3 == 0});
  }
}

TEST_P(Tally, TakesRanksInAnyOrder) {
  const Group group = made_up::plain_group(10, 2, 10'000);
  const Grid grid = made_up::plain_grid(group, {1.0});
  expect_the_plain_loop(grid.job(group), {1, 6'000, {5'999, 1, 6'000, 3'000}, false});
}

TEST_P(Tally, IsExactWhereNothingIsEverPaid) {
  Group group = made_up::plain_group(5, 1, 1e9);
  Grid grid = made_up::plain_grid(group, {1e6});
  const GroupJob job = grid.job(group);
  expect_the_plain_loop(job, {1, 5'000, {1, 4'950, 5'000}, true});
  const GroupTally tally = tallied(*backend(GetParam()), {job}, {1, 5'000, {4'950}, true}).front();
  EXPECT_EQ(tally.rows[0].specific.tails[0].value_at_risk, 0);
  EXPECT_TRUE(tally.rows[0].specific.sorted_payouts.empty());
}

TEST_P(Tally, IsExactWithTiesAtTheValueAtRisk) {
  Group group = made_up::plain_group(30, 1, 5'000);
  Grid grid = made_up::plain_grid(group, {0.9});
  grid.rows[0].terms.AggregateCover::limit = 1'000'00;  // most years with a payout pay just this
  for (const std::uint64_t rank : {2'500u, 4'000u, 4'999u}) {
    expect_the_plain_loop(grid.job(group), {1, 5'000, {rank}, false});
  }
}

TEST_P(Tally, IsExactWhereEveryGuessOfATailIsTooHigh) {
  Group group = made_up::plain_group(40, 4, 10'000);
  made_up::add_group_effect(group);
  const Grid grid = made_up::plain_grid(group, {1.0, 1.25});
  cpu::Tuning too_high;
  too_high.guess_margin = -100;
  expect_the_plain_loop(grid.job(group), {5, 8'000, {7'900, 7'992}, false}, too_high);
}

TEST_P(Tally, IsExactForAmountsWhoseSquareNeedsMoreThanTwoHalves) {
  Group group = made_up::plain_group(40, 2, 10'000);
  // Years come to 2^52 cents and more, what is paid of them to no more than doubles hold.
  for (Member& member : group.members) member.scale = 2e7f;
  const Grid grid = made_up::plain_grid(group, {1.0});
  expect_the_plain_loop(grid.job(group), {5, 1'000, {990}, false});
}

TEST_P(Tally, WithoutTailsKeepsNone) {
  const Group group = made_up::plain_group(10, 2, 10'000);
  const Grid grid = made_up::plain_grid(group, {1.0});
  expect_the_plain_loop(grid.job(group), {1, 6'000, {}, false});
  expect_the_plain_loop(grid.job(group), {1, 6'000, {}, true});
}

}  // namespace
}  // namespace corridor
