// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/emulation/injected.hpp"
#include "tests/emulation/lane_kernel_on_cpu.hpp"

namespace corridor {
namespace {

using emulated::Batch;
using emulated::expect_lane_bits;
using made_up::plain_group;

class ThresholdCounts : public testing::TestWithParam<std::uint32_t> {};

TEST_P(ThresholdCounts, GiveTheLanesBits) {
  expect_lane_bits(plain_group(100, GetParam(), 5'000), {0, 96});
}

INSTANTIATE_TEST_SUITE_P(EmulatedKernel, ThresholdCounts,
                         testing::Values(1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 32));

class GroupSizes : public testing::TestWithParam<std::uint32_t> {};

TEST_P(GroupSizes, GiveTheLanesBits) {
  expect_lane_bits(plain_group(GetParam(), 8, 20'000), {1'000, 80});
}

INSTANTIATE_TEST_SUITE_P(EmulatedKernel, GroupSizes,
                         testing::Values(0, 1, 3, 4, 7, 8, 9, 31, 32, 33, 37, 63, 64, 300, 511, 512,
                                         513, 1'000, 5'000));

TEST(EmulatedKernel, FullBlockOf256YearsGivesTheLanesBits) {
  Batch batch({plain_group(300, 8, 10'000)}, {0, 300});
  batch.run<cuda::block_years>(emulated::curand(5));
  batch.expect_defined_sums(Philox{round_keys(5)});
}

TEST(EmulatedKernel, YearsRunToTheLastAndOn) {
  expect_lane_bits(plain_group(50, 4, 5'000), {0xFFFFFFC0u, 128});
}

TEST(EmulatedKernel, OneYearAloneGivesTheLanesBits) {
  expect_lane_bits(plain_group(50, 4, 5'000), {77, 1});
}

TEST(EmulatedKernel, FloorOfZeroListsEveryClaim) {
  expect_lane_bits(plain_group(700, 8, 0), {0, 64});
}

TEST(EmulatedKernel, CapCutsClaimsAndTheGroundUpSum) {
  made_up::Group group = plain_group(400, 8, 10'000);
  group.maximum = to_cents(100.0 * 15'000);
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedKernel, CapBelowTheLowestThresholdStillCuts) {
  made_up::Group group = plain_group(400, 3, 50'000);
  group.maximum = to_cents(100.0 * 9'000);
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedKernel, ClaimsAndThresholdsBeyondAWordOfCentsAreExact) {
  made_up::Group group = plain_group(200, 4, 1'000'000);
  for (Member& member : group.members) member.scale *= 1e6f;
  group.thresholds = {5'000'000'000, 6'000'000'000, 90'000'000'000, unlimited};
  expect_lane_bits(group, {0, 64});
  group.maximum = 50'000'000'000;
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedKernel, ThresholdsBeyondAWordAreNotReachedByClaimsWithin) {
  made_up::Group group = plain_group(200, 4, 1'000'000);
  for (Member& member : group.members) member.scale *= 1e4f;
  group.thresholds = {1'000'000, 3'000'000'000, 5'000'000'000, 5'100'000'000};
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedKernel, EffectOnSeverityGivesTheLanesBits) {
  made_up::Group group = plain_group(300, 8, 10'000);
  made_up::add_group_effect(group);
  group.base_effect = 0.97f;
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedKernel, EveryEffectThatFitsGivesTheLanesBits) {
  made_up::Group group = plain_group(100, 8, 10'000);
  for (int e = 0; e < effects_max; ++e) {
    made_up::add_group_effect(group);
    group.effects.back().purpose = e % 2 ? Purpose::region_effect : Purpose::industry_effect;
    group.effects.back().key = {static_cast<std::uint32_t>(e), 0};
  }
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedKernel, EffectOnFrequencyGivesTheLanesBits) {
  made_up::Group group = plain_group(300, 8, 10'000);
  made_up::add_frequency_effect(group);
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedKernel, ShortExposuresGiveTheLanesBits) {
  made_up::Group group = plain_group(300, 16, 10'000);
  made_up::shorten_exposures(group);
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedKernel, ThinnedInstanceOfANeutralGroupGivesTheSameBits) {
  Batch batch({plain_group(300, 8, 10'000)}, {0, 64});
  batch.shape().thinned = true;
  batch.run(emulated::curand(1));
  batch.expect_defined_sums(Philox{round_keys(1)});
}

TEST(EmulatedKernel, MoreSlotsThanThresholdsGiveTheSameBits) {
  Batch batch({plain_group(300, 3, 10'000)}, {0, 64});
  batch.shape().slots = 32;
  batch.run(emulated::curand(1));
  batch.expect_defined_sums(Philox{round_keys(1)});
}

TEST(EmulatedKernel, PersonsWithOwnTermsFillTheBands) {
  made_up::Group group = plain_group(100, 8, 3'000);
  made_up::add_group_effect(group);
  made_up::give_own_terms(group, 0, 2, unlimited);
  made_up::give_own_terms(group, 42, 3, to_cents(2e6));
  made_up::give_own_terms(group, 99, 1.5, unlimited);
  expect_lane_bits(group, {0, 100});
}

TEST(EmulatedKernel, TablesReadFromGlobalMemoryGiveTheSameBits) {
  for (const bool thinned : {false, true}) {
    for (const std::uint32_t thresholds : {8u, 16u, 32u}) {
      const made_up::Group group = plain_group(150, thresholds, 5'000);
      Batch batch({group}, {0, 64});
      batch.shape().staged = false;
      batch.shape().thinned = thinned;
      batch.run(emulated::curand(1));
      batch.expect_defined_sums(Philox{round_keys(1)});
    }
  }
}

TEST(EmulatedKernel, GroupsOfABatchAreIndependent) {
  std::vector<made_up::Group> groups;
  for (const std::uint32_t members : {37u, 1u, 300u, 3u, 1'000u}) {
    groups.push_back(plain_group(members, 1 + members % 8, 8'000, members));
  }
  made_up::give_own_terms(groups[2], 17, 2, unlimited);
  groups[3].members[0].table = groups[3].members[1].table = groups[3].members[2].table = 3;
  Batch batch(groups, {0, 100});
  batch.run(emulated::curand(1));
  batch.expect_defined_sums(Philox{round_keys(1)});
}

TEST(EmulatedKernel, GroupsWithEveryFeatureAtRandomGiveTheLanesBits) {
  std::mt19937_64 rng(20260101);
  for (int i = 0; i < 25; ++i) {
    const auto members = static_cast<std::uint32_t>(1 + rng() % 200);
    const auto thresholds = static_cast<std::uint32_t>(1 + rng() % 32);
    SCOPED_TRACE(i);
    expect_lane_bits(made_up::random_group(rng, members, thresholds),
                     {static_cast<std::uint32_t>(rng()), 64}, rng());
  }
}

TEST(EmulatedKernel, ForcedTailsAndEdgesGiveTheLanesBits) {
  for (const bool thinned : {false, true}) {
    for (const bool staged : {false, true}) {
      made_up::Group group = plain_group(200, 8, 10'000);
      if (thinned) made_up::shorten_exposures(group);
      if (thinned) made_up::add_frequency_effect(group);
      made_up::give_own_terms(group, 5, 2, unlimited);
      Batch batch({group}, {0, 64});
      batch.shape().staged = staged;
      const Injected draw{round_keys(3)};
      batch.run(draw);
      batch.expect_defined_sums(draw);
    }
  }
}

TEST(EmulatedKernel, SurvivalOfZeroBitsIsClampedAsInTheLane) {
  const Injected draw{{}, true};
  Batch batch({plain_group(70, 8, 10'000)}, {0, 64});
  batch.run(draw);
  batch.expect_defined_sums(draw);
}

TEST(EmulatedKernel, MoreLawsThanSharedMemoryHoldsAreRefused) {
  Batch batch({plain_group(10, 8, 10'000)}, {0, 64});
  EXPECT_GT(cuda::shared_bytes(batch.shape(), 90), std::size_t{emulation::shared_limit});
  EXPECT_LT(cuda::shared_bytes({8, false, false}, 90), std::size_t{48 * 1024});
}

}  // namespace
}  // namespace corridor
