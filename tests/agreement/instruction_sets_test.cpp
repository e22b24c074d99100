// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/agreement/instruction_set_sums.hpp"

namespace corridor {
namespace {

using made_up::Group;

class InstructionSet : public InstructionSetSums {};

INSTANTIATE_TEST_SUITE_P(Cpu, InstructionSet, testing::ValuesIn(cpu::instruction_sets()),
                         [](const auto& set) { return set.param; });

TEST_P(InstructionSet, GivesTheLanesBitsForEveryGroupSizeUpToTwoChunks) {
  for (std::uint32_t members = 1; members <= 70; ++members) {
    Group group = made_up::plain_group(members, 1 + members % 32, 5'000, members);
    made_up::add_group_effect(group);
    expect_the_lane(group, members, 0, 64 + members);
  }
}

TEST_P(InstructionSet, GivesTheLanesBitsForEveryThresholdCount) {
  for (std::uint32_t thresholds = 1; thresholds <= 32; ++thresholds) {
    expect_the_lane(made_up::plain_group(100, thresholds, 2'000), thresholds, 1'000, 128);
  }
}

TEST_P(InstructionSet, GivesTheLanesBitsForAnyYearCount) {
  const Group group = made_up::plain_group(33, 8, 20'000);
  for (std::uint32_t years = 1; years <= 130; ++years) expect_the_lane(group, 3, 77, years);
}

TEST_P(InstructionSet, GivesTheLanesBitsWithEveryFeature) {
  std::mt19937_64 rng(2024);
  for (int round = 0; round < 150; ++round) {
    const auto members = static_cast<std::uint32_t>(1 + rng() % (round % 10 == 0 ? 3'000 : 300));
    const auto thresholds = static_cast<std::uint32_t>(1 + rng() % 32);
    const Group group = made_up::random_group(rng, members, thresholds);
    expect_the_lane(group, rng(), static_cast<std::uint32_t>(rng()),
                    static_cast<std::uint32_t>(1 + rng() % 200));
  }
}

TEST_P(InstructionSet, GivesTheLanesBitsForALargeGroup) {
  std::mt19937_64 rng(20);
  expect_the_lane(made_up::random_group(rng, 20'000, 8), 1, 0, 70);
}

TEST_P(InstructionSet, GivesTheLanesBitsWhenEverythingIsListed) {
  const Group group = made_up::plain_group(200, 3, 0);
  expect_the_lane(group, 8, 0, 192);
}

TEST_P(InstructionSet, GivesTheLanesBitsAtTheLastYears) {
  Group group = made_up::plain_group(50, 8, 10'000);
  made_up::add_group_effect(group);
  expect_the_lane(group, 8, 0xffffffffu - 99, 100);
}

TEST_P(InstructionSet, GivesTheLanesBitsWhereTheCapCutsMostClaims) {
  Group group = made_up::plain_group(150, 4, 1'000);
  group.maximum = to_cents(100.0 * 700);
  made_up::add_group_effect(group);
  expect_the_lane(group, 5, 0, 256);
}

TEST_P(InstructionSet, GivesTheLanesBitsForClaimsBeyondExactRounding) {
  Group group = made_up::plain_group(40, 4, 50'000);
  for (Member& member : group.members) member.scale = 1e10f;
  group.maximum = to_cents(25e8);
  expect_the_lane(group, 5, 0, 256);
}

TEST_P(InstructionSet, GivesTheLanesBitsForExposuresOfADay) {
  Group group = made_up::plain_group(200, 8, 1'000);
  for (Member& member : group.members) member.inverse_exposure = 365.25f;
  group.thinned = true;
  expect_the_lane(group, 5, 0, 4'096);
}

/// Draws whose tail is refined, counted by the words themselves.
std::uint64_t refined_draws(const GroupView& group, std::uint64_t seed, std::uint32_t years) {
  const Philox draw{round_keys(seed)};
  std::uint64_t refined = 0;
  for (std::uint32_t year = 0; year < years; ++year) {
    for (std::uint32_t i = 0; i < group.member_count; ++i) {
      const Words words = draw(counter_of(Purpose::claim, year, i, group.key));
      refined += needs_refining(words.w[i & 3]);
    }
  }
  return refined;
}

TEST_P(InstructionSet, GivesTheLanesBitsOfRefinedTails) {
  Group group = made_up::plain_group(250, 8, 100'000);
  made_up::add_group_effect(group);
  ASSERT_GT(refined_draws(group.view(), 21, 4'096), 40u);
  expect_the_lane(group, 21, 0, 4'096);
}

TEST_P(InstructionSet, GivesTheLanesBitsOfManyPersonsWithOwnTerms) {
  Group group = made_up::plain_group(90, 8, 5'000);
  for (std::uint32_t i = 0; i < 60; i += 2) made_up::give_own_terms(group, i, 2, 40'000'00);
  made_up::add_frequency_effect(group);
  expect_the_lane(group, 5, 0, 1'000);
}

TEST_P(InstructionSet, GivesTheLanesBitsWithEightEffects) {
  Group group = made_up::plain_group(20, 8, 5'000);
  for (int e = 0; e < 7; ++e) {
    made_up::add_group_effect(group);
    group.effects.back().purpose = static_cast<Purpose>(16 + e);
  }
  made_up::add_frequency_effect(group);
  expect_the_lane(group, 5, 0, 3'000);
}

}  // namespace
}  // namespace corridor
