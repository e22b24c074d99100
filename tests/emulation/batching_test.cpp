// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/batching.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

namespace corridor::cuda {
namespace {

std::vector<JobNeeds> made_up_needs(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 rng(seed);
  std::vector<JobNeeds> needs(count);
  for (JobNeeds& job : needs) {
    job.shape.slots = 8u << rng() % 3;
    job.shape.basis = rng() % 3 == 0;
    job.shape.thinned = job.shape.basis || rng() % 2 == 0;
    job.shape.staged = rng() % 4 > 0;
    job.law_count = static_cast<std::uint32_t>(1 + rng() % 12);
    job.has_personal = rng() % 3 == 0;
    job.member_count = static_cast<std::uint32_t>(1 + rng() % 5'000);
    job.sum_columns = 1 + job.shape.slots;
    job.row_count = 8;
    job.payout_columns = 8 * 11;
    job.figure_count = 8 * 9;
    job.image_bytes = 16 * job.member_count + 1'000;
  }
  return needs;
}

std::vector<std::size_t> all_of(const std::vector<JobNeeds>& needs) {
  std::vector<std::size_t> jobs(needs.size());
  std::iota(jobs.begin(), jobs.end(), 0u);
  return jobs;
}

TEST(PlanBatches, EveryJobIsInOneBatchOfItsShape) {
  const std::vector<JobNeeds> needs = made_up_needs(1, 300);
  std::multiset<std::size_t> seen;
  for (const Batch& batch : plan_batches(needs, all_of(needs), {10'000, 101, 1u << 30})) {
    for (const std::size_t job : batch.jobs) {
      seen.insert(job);
      EXPECT_EQ(needs[job].shape.slots, batch.shape.slots);
      EXPECT_EQ(needs[job].shape.thinned, batch.shape.thinned);
      EXPECT_EQ(needs[job].shape.staged, batch.shape.staged);
      EXPECT_EQ(needs[job].shape.basis, batch.shape.basis);
    }
  }
  const std::vector<std::size_t> jobs = all_of(needs);
  EXPECT_EQ(seen, std::multiset<std::size_t>(jobs.begin(), jobs.end()));
}

TEST(PlanBatches, LargestGroupsOfABatchComeFirst) {
  const std::vector<JobNeeds> needs = made_up_needs(2, 300);
  for (const Batch& batch : plan_batches(needs, all_of(needs), {1'000, 0, 1u << 30})) {
    EXPECT_TRUE(std::is_sorted(batch.jobs.begin(), batch.jobs.end(), [&](auto a, auto b) {
      return needs[a].member_count > needs[b].member_count;
    }));
  }
}

TEST(PlanBatches, BatchesStayWithinTheMemory) {
  const std::vector<JobNeeds> needs = made_up_needs(3, 300);
  for (const std::uint32_t wanted : {0u, 1u, 101u, 10'000u}) {
    for (const std::size_t memory : {std::size_t{64} << 20, std::size_t{1} << 30}) {
      const BatchLimits limits{10'000, wanted, memory};
      for (const Batch& batch : plan_batches(needs, all_of(needs), limits)) {
        EXPECT_LE(batch_bytes(needs, batch, limits, batch.piece_years), memory);
        EXPECT_EQ(batch.piece_years, 10'000u);
      }
    }
  }
}

TEST(PlanBatches, GroupThatDoesNotFitGoesAloneInTheMostYearsThatDo) {
  const std::vector<JobNeeds> needs = made_up_needs(4, 3);
  const BatchLimits limits{10'000'000, 100'001, std::size_t{256} << 20};
  const std::vector<Batch> batches = plan_batches(needs, all_of(needs), limits);
  ASSERT_EQ(batches.size(), 3u);
  for (const Batch& batch : batches) {
    EXPECT_EQ(batch.jobs.size(), 1u);
    EXPECT_EQ(batch.piece_years % block_years, 0u);
    EXPECT_LE(batch_bytes(needs, batch, limits, batch.piece_years), limits.memory_bytes);
    EXPECT_GT(batch_bytes(needs, batch, limits, batch.piece_years + block_years),
              limits.memory_bytes);
  }
}

TEST(PlanBatches, WithTooLittleMemoryForAnythingABlockOfYearsIsTried) {
  const std::vector<JobNeeds> needs = made_up_needs(5, 2);
  for (const Batch& batch : plan_batches(needs, all_of(needs), {1'000, 11, 1})) {
    EXPECT_EQ(batch.piece_years, static_cast<std::uint32_t>(block_years));
  }
  EXPECT_EQ(plan_batches(needs, {0}, {100, 11, 1})[0].piece_years, 100u);
}

TEST(PlanBatches, LaunchesStayWithinTheGridLimit) {
  const std::vector<JobNeeds> needs = made_up_needs(6, 200);
  const BatchLimits limits{4'294'967'295u, 0, std::size_t{1} << 50};
  for (const Batch& batch : plan_batches(needs, all_of(needs), limits)) {
    const std::uint64_t blocks = blocks_per_group(batch.piece_years, block_years);
    EXPECT_LE(blocks * batch.jobs.size() * 8, 0x7FFFFFFFull);
  }
}

TEST(PlanBatches, RoomForListsHoldsTheLongestThatCanBe) {
  const std::vector<JobNeeds> needs = made_up_needs(7, 50);
  for (const std::uint32_t wanted : {1u, 5'000u, 10'000u}) {
    for (const Batch& batch : plan_batches(needs, all_of(needs), {10'000, wanted, 1u << 30})) {
      EXPECT_GE(batch.list_values, batch.piece_years);
    }
  }
}

TEST(LaneLaunches, TakeGroupsOfOneShapeTogetherAndNeverABasisWithAnother) {
  const std::vector<JobNeeds> needs = made_up_needs(8, 200);
  std::vector<LaneLaunch> launches;
  for (std::uint32_t g = 0; g < needs.size(); ++g) add_to_launches(needs[g], g, launches);
  std::uint32_t next = 0;
  for (const LaneLaunch& launch : launches) {
    EXPECT_EQ(launch.first, next);
    next += launch.count;
    std::uint32_t laws = 0;
    bool personal = false;
    for (std::uint32_t g = launch.first; g < next; ++g) {
      EXPECT_TRUE(same_shape(needs[g].shape, launch.needs.shape));
      EXPECT_EQ(needs[g].shape.basis, launch.needs.shape.basis);
      laws = std::max(laws, needs[g].law_count);
      personal |= needs[g].has_personal;
    }
    EXPECT_EQ(launch.needs.law_count, laws);
    EXPECT_EQ(launch.needs.has_personal, personal);
  }
  EXPECT_EQ(next, needs.size());
  EXPECT_LT(launches.size(), needs.size());
}

TEST(BlocksPerGroup, CoverEveryYearWithoutOverflow) {
  EXPECT_EQ(blocks_per_group(1, 256), 1u);
  EXPECT_EQ(blocks_per_group(256, 256), 1u);
  EXPECT_EQ(blocks_per_group(257, 256), 2u);
  EXPECT_EQ(blocks_per_group(4'294'967'295u, 256), 1u << 24);
}

}  // namespace
}  // namespace corridor::cuda
