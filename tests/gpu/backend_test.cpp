// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The CUDA back end on a device against the lane's definition and every CPU back end.

#include "kernels/backend.hpp"

#include <gmock/gmock.h>

#include <string>

#include "tests/lane/made_up_grid.hpp"
#include "tests/lane/same_tally.hpp"

namespace corridor {
namespace {

using made_up::Grid;
using made_up::Group;

constexpr Cents untouched = -7;

class Gpu : public testing::Test {
 protected:
  void SetUp() override {
    const cuda::Availability found = cuda::availability();
    if (!found.usable) GTEST_SKIP() << "no CUDA device: " << found.reason;
  }

  static std::unique_ptr<Backend> device(std::size_t memory_bytes = 0) {
    return cuda::make_backend({0, "", memory_bytes}, made_up::tables().set());
  }

  static std::vector<Cents> sums(Backend& backend, const GroupView& group, std::uint64_t seed,
                                 std::uint32_t first_year, std::uint32_t years) {
    std::vector<Cents> columns(std::size_t{sums_columns(group)} * years, untouched);
    backend.simulate(group, seed, first_year, years, {columns.data(), years});
    return columns;
  }

  static void expect_lane_bits(const Group& group, std::uint32_t first_year, std::uint32_t years,
                               std::uint64_t seed = 1) {
    const GroupView view = group.view();
    EXPECT_EQ(sums(*device(), view, seed, first_year, years),
              made_up::defined_sums(view, seed, first_year, years));
  }

  static std::vector<GroupTally> tallied(Backend& backend, const std::vector<GroupJob>& jobs,
                                         const RunSettings& settings) {
    std::vector<GroupTally> out(jobs.size());
    backend.tally(jobs, settings, out, [](std::size_t) { return true; });
    return out;
  }
};

TEST_F(Gpu, EveryThresholdCountGivesTheLanesBits) {
  for (std::uint32_t thresholds = 1; thresholds <= 32; ++thresholds) {
    SCOPED_TRACE(thresholds);
    expect_lane_bits(made_up::plain_group(100, thresholds, 5'000), 0, 300);
  }
}

TEST_F(Gpu, EveryGroupSizeGivesTheLanesBits) {
  for (const std::uint32_t members :
       {1u, 3u, 4u, 7u, 8u, 31u, 32u, 33u, 37u, 300u, 511u, 512u, 513u, 1'000u, 5'000u, 20'000u}) {
    for (const std::uint32_t thresholds : {8u, 16u, 32u}) {
      SCOPED_TRACE(std::to_string(members) + " members, " + std::to_string(thresholds));
      expect_lane_bits(made_up::plain_group(members, thresholds, 20'000), 1'000, 300);
    }
  }
}

TEST_F(Gpu, YearsRunToTheLastAndOn) {
  expect_lane_bits(made_up::plain_group(50, 4, 5'000), 0xFFFFFF80u, 300);
}

TEST_F(Gpu, FloorOfZeroListsEveryClaim) {
  expect_lane_bits(made_up::plain_group(2'000, 8, 0), 0, 300);
}

TEST_F(Gpu, ClaimsBeyondAWordOfCentsAreExact) {
  Group group = made_up::plain_group(200, 4, 1'000'000);
  for (Member& member : group.members) member.scale *= 1e5f;
  group.thresholds = {1'000'000, 3'000'000'000, 5'000'000'000, unlimited};
  expect_lane_bits(group, 0, 300);
  group.maximum = 50'000'000'000;
  expect_lane_bits(group, 0, 300);
}

TEST_F(Gpu, GroupsWithEveryFeatureAtRandomGiveTheBitsOfEveryCpuBackend) {
  std::mt19937_64 rng(20260102);
  const std::unique_ptr<Backend> gpu = device();
  for (int round = 0; round < 60; ++round) {
    const Group group = made_up::random_group(rng, static_cast<std::uint32_t>(1 + rng() % 2'000),
                                              static_cast<std::uint32_t>(1 + rng() % 32));
    const GroupView view = group.view();
    const std::uint64_t seed = rng();
    const auto first_year = static_cast<std::uint32_t>(rng());
    const std::vector<Cents> found = sums(*gpu, view, seed, first_year, 300);
    EXPECT_EQ(found, made_up::defined_sums(view, seed, first_year, 300)) << round;
    for (const std::string& set : cpu::instruction_sets()) {
      const auto cpu = cpu::make_backend({0, set, 0}, made_up::tables().set());
      EXPECT_EQ(found, sums(*cpu, view, seed, first_year, 300)) << round << ' ' << set;
    }
  }
}

/// Groups and grids that own what their jobs borrow.
struct Book {
  std::deque<Group> groups;
  std::deque<Grid> grids;
  std::vector<GroupJob> jobs;
};

Book mixed_book(std::uint64_t seed, int groups, std::uint32_t members_most) {
  std::mt19937_64 rng(seed);
  Book book;
  for (int g = 0; g < groups; ++g) {
    const auto members = static_cast<std::uint32_t>(1 + rng() % members_most);
    const auto thresholds = static_cast<std::uint32_t>(1 + rng() % 20);
    book.groups.push_back(made_up::random_group(rng, members, thresholds));
    book.grids.push_back(made_up::plain_grid(book.groups.back(), {0.8, 1.0, 1.3}));
    made_up::add_terms(book.grids.back(), book.groups.back(), rng);
    book.jobs.push_back(book.grids.back().job(book.groups.back()));
  }
  return book;
}

TEST_F(Gpu, TalliesAreTheCpusWithAndWithoutDistributions) {
  const Book book = mixed_book(5, 40, 500);
  const auto cpu = cpu::make_backend({}, made_up::tables().set());
  for (const bool keep : {false, true}) {
    const RunSettings settings{7, 20'000, {1, 15'000, 19'000, 19'800, 20'000}, keep};
    EXPECT_EQ(tallied(*device(), book.jobs, settings), tallied(*cpu, book.jobs, settings));
  }
}

TEST_F(Gpu, TalliesOfManyYearsAreTheCpus) {
  const Book book = mixed_book(6, 3, 60);
  const auto cpu = cpu::make_backend({}, made_up::tables().set());
  const RunSettings settings{8, 1'000'000, {500'000, 990'000, 995'000}, false};
  EXPECT_EQ(tallied(*device(), book.jobs, settings), tallied(*cpu, book.jobs, settings));
}

TEST_F(Gpu, LittleMemoryGivesTheSameTallies) {
  const Book book = mixed_book(9, 12, 300);
  const RunSettings settings{3, 5'000, {4'750, 4'950}, false};
  const std::vector<GroupTally> expected = tallied(*device(), book.jobs, settings);
  for (const std::size_t memory : {std::size_t{1}, std::size_t{3} << 20, std::size_t{32} << 20}) {
    EXPECT_EQ(tallied(*device(memory), book.jobs, settings), expected) << memory;
  }
}

TEST_F(Gpu, RepeatedRunsGiveTheSameTallies) {
  const Book book = mixed_book(10, 20, 400);
  const RunSettings settings{3, 10'000, {9'900}, true};
  const std::unique_ptr<Backend> gpu = device();
  const std::vector<GroupTally> first = tallied(*gpu, book.jobs, settings);
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(tallied(*gpu, book.jobs, settings), first);
  }
}

TEST_F(Gpu, AvailabilityNamesTheDevice) {
  EXPECT_THAT(cuda::availability().device, testing::HasSubstr("compute capability"));
}

}  // namespace
}  // namespace corridor
