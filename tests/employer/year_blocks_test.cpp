// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/simulate/year_blocks.hpp"

#include <gtest/gtest.h>

#include "corridor/error.hpp"
#include "tests/lane/made_up.hpp"

namespace corridor {
namespace {

constexpr std::uint32_t years = 700;

std::unique_ptr<Backend> scalar_backend() {
  return cpu::make_backend({1, "scalar", 0}, made_up::tables().set());
}

made_up::Group group_with_lasers() {
  made_up::Group group = made_up::plain_group(60, 4, 5'000);
  made_up::add_group_effect(group);
  made_up::give_own_terms(group, 7, 3, unlimited);
  made_up::give_own_terms(group, 31, 2, unlimited);
  return group;
}

/// Every block pasted into the columns of one long run.
std::vector<Cents> pasted(const GroupView& view, std::size_t block_bytes,
                          std::vector<std::uint32_t>& counts) {
  std::vector<Cents> sums(std::size_t{sums_columns(view)} * years);
  each_year_block(
      *scalar_backend(), view, 5, years,
      [&](std::uint32_t first, std::uint32_t count, SumsView block) {
        counts.push_back(count);
        for (std::uint32_t c = 0; c < sums_columns(view); ++c) {
          for (std::uint32_t y = 0; y < count; ++y) {
            sums[std::size_t{c} * years + first + y] = block.data[c * block.stride + y];
          }
        }
      },
      block_bytes);
  return sums;
}

TEST(YearBlocks, GiveTheSumsOfOneRunWhateverTheirSize) {
  const made_up::Group group = group_with_lasers();
  const std::vector<Cents> whole = made_up::defined_sums(group.view(), 5, 0, years);
  for (const std::size_t bytes :
       {std::size_t{9 * 8 * 64}, std::size_t{9 * 8 * 333}, year_block_bytes}) {
    std::vector<std::uint32_t> counts;
    EXPECT_EQ(pasted(group.view(), bytes, counts), whole) << bytes;
  }
}

TEST(YearBlocks, StayWithinTheirMemoryAndCoverEveryYearOnce) {
  const made_up::Group group = group_with_lasers();
  std::vector<std::uint32_t> counts;
  pasted(group.view(), std::size_t{9 * 8 * 300}, counts);
  EXPECT_EQ(counts, (std::vector<std::uint32_t>{300, 300, 100}));
}

TEST(YearBlocks, SimulateOneYearAtATimeWhereNoMoreFits) {
  const made_up::Group group = group_with_lasers();
  std::vector<std::uint32_t> counts;
  pasted(group.view(), 1, counts);
  EXPECT_EQ(counts, std::vector<std::uint32_t>(years, 1));
}

TEST(YearBlocks, OfSeveralViewsShareTheirDraws) {
  const made_up::Group group = group_with_lasers();
  const GroupView view = group.view();
  const GroupOverThresholds other(view, {view.thresholds[1], view.thresholds[2] + 12'345});
  const GroupView views[] = {view, other.view()};
  const std::uint32_t band = 1 + other.view().threshold_count;
  std::uint32_t visited = 0;
  each_year_block(
      *scalar_backend(), views, 5, years,
      [&](std::uint32_t, std::uint32_t count, std::span<const SumsView> sums) {
        visited += count;
        for (std::uint32_t y = 0; y < count; ++y) {
          ASSERT_EQ(sums[0].data[2 * sums[0].stride + y], sums[1].data[1 * sums[1].stride + y]);
          ASSERT_GE(sums[0].data[3 * sums[0].stride + y], sums[1].data[2 * sums[1].stride + y]);
          ASSERT_EQ(sums[1].data[band * sums[1].stride + y], 0);
        }
      });
  EXPECT_EQ(visited, years);
}

TEST(GroupOverThresholds, GivesTheBandsOfTheThresholdsThatPersonsHave) {
  const made_up::Group group = group_with_lasers();
  const GroupView view = group.view();
  const GroupOverThresholds same(view, group.thresholds, group.personal_thresholds);
  EXPECT_EQ(made_up::defined_sums(same.view(), 5, 0, years),
            made_up::defined_sums(view, 5, 0, years));
}

TEST(GroupOverThresholds, StaysValidWhenMoved) {
  const made_up::Group group = group_with_lasers();
  GroupOverThresholds first(group.view(), {1'000'000, 2'000'000});
  const std::vector<Cents> before = made_up::defined_sums(first.view(), 5, 0, 50);
  const GroupOverThresholds second = std::move(first);
  EXPECT_EQ(made_up::defined_sums(second.view(), 5, 0, 50), before);
}

TEST(GroupOverThresholds, RefusesArraysOfTheWrongLength) {
  const made_up::Group group = group_with_lasers();
  EXPECT_THROW(GroupOverThresholds(group.view(), {}), Error);
  EXPECT_THROW(GroupOverThresholds(group.view(), {1, 2}, {1, 2, 3}), Error);
  EXPECT_THROW(GroupOverThresholds(group.view(), std::vector<Cents>(33, 1)), Error);
}

}  // namespace
}  // namespace corridor
