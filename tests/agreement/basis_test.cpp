// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/agreement/instruction_set_sums.hpp"

namespace corridor {
namespace {

using made_up::Group;

class BasisLanes : public InstructionSetSums {};

INSTANTIATE_TEST_SUITE_P(Cpu, BasisLanes, testing::ValuesIn(cpu::instruction_sets()),
                         [](const auto& set) { return set.param; });

TEST_P(BasisLanes, GivesTheLanesBitsForEveryGroupSizeUpToTwoChunks) {
  std::mt19937_64 rng(1);
  for (std::uint32_t members = 1; members <= 70; ++members) {
    Group group = made_up::plain_group(members, 1 + members % 32, 2'000, members);
    made_up::add_group_effect(group);
    group.basis = made_up::random_basis(rng, members % 4);
    expect_the_lane(group, members, 0, 64 + members);
  }
}

TEST_P(BasisLanes, GivesTheLanesBitsForEveryPersistence) {
  std::mt19937_64 rng(2);
  for (const std::uint32_t persistence : {0u, 1u, 11'796u, 32'768u, 65'535u, 65'536u}) {
    for (std::uint32_t prior = 1; prior <= 3; ++prior) {
      Group group = made_up::plain_group(40, 8, 2'000);
      group.basis = made_up::random_basis(rng, prior);
      group.basis->persistence = persistence;
      expect_the_lane(group, 7, 100, 320);
    }
  }
}

TEST_P(BasisLanes, GivesTheLanesBitsForAnyYearCount) {
  std::mt19937_64 rng(3);
  Group group = made_up::plain_group(33, 8, 20'000);
  group.basis = made_up::random_basis(rng, 1);
  for (std::uint32_t years = 1; years <= 130; ++years) expect_the_lane(group, 3, 77, years);
}

TEST_P(BasisLanes, GivesTheLanesBitsAtTheLastYears) {
  std::mt19937_64 rng(4);
  Group group = made_up::plain_group(50, 8, 10'000);
  made_up::add_group_effect(group);
  group.basis = made_up::random_basis(rng, 2);
  expect_the_lane(group, 8, 0xffffffffu - 99, 100);
}

TEST_P(BasisLanes, GivesTheLanesBitsWithEveryFeature) {
  std::mt19937_64 rng(2025);
  for (int round = 0; round < 160; ++round) {
    const auto members = static_cast<std::uint32_t>(1 + rng() % (round % 10 == 0 ? 1'500 : 200));
    const auto thresholds = static_cast<std::uint32_t>(1 + rng() % 32);
    const Group group = made_up::random_basis_group(rng, members, thresholds,
                                                    static_cast<std::uint32_t>(round % 4));
    expect_the_lane(group, rng(), static_cast<std::uint32_t>(rng()),
                    static_cast<std::uint32_t>(1 + rng() % 150));
  }
}

TEST_P(BasisLanes, GivesTheLanesBitsForALargeGroup) {
  std::mt19937_64 rng(5);
  expect_the_lane(made_up::random_basis_group(rng, 10'000, 8, 1), 1, 0, 70);
}

TEST_P(BasisLanes, GivesTheLanesBitsOfRefinedTails) {
  std::mt19937_64 rng(6);
  for (const std::uint32_t prior : {0u, 1u, 3u}) {
    Group group = made_up::plain_group(250, 8, 50'000);
    made_up::add_group_effect(group);
    group.basis = made_up::random_basis(rng, prior);
    expect_the_lane(group, 21, 0, 2'048);
  }
}

TEST_P(BasisLanes, GivesTheLanesBitsForExposuresOfADay) {
  std::mt19937_64 rng(7);
  Group group = made_up::plain_group(100, 8, 1'000);
  for (Member& member : group.members) member.inverse_exposure = 365.25f;
  group.thinned = true;
  group.basis = made_up::random_basis(rng, 1);
  expect_the_lane(group, 5, 0, 2'048);
}

TEST_P(BasisLanes, GivesTheLanesBitsWithEightEffects) {
  std::mt19937_64 rng(8);
  Group group = made_up::plain_group(20, 8, 5'000);
  for (int e = 0; e < 7; ++e) {
    made_up::add_group_effect(group);
    group.effects.back().purpose = static_cast<Purpose>(e == 6 ? 21 : 16 + e % 4);
    group.effects.back().key.low += static_cast<std::uint32_t>(e);
  }
  made_up::add_frequency_effect(group);
  group.basis = made_up::random_basis(rng, 3);
  expect_the_lane(group, 5, 0, 1'000);
}

TEST_P(BasisLanes, GivesTheLanesBitsWhereTheCapCutsMostClaims) {
  std::mt19937_64 rng(9);
  for (const std::uint32_t prior : {0u, 2u}) {
    Group group = made_up::plain_group(150, 4, 1'000);
    group.maximum = to_cents(100.0 * 700);
    group.basis = made_up::random_basis(rng, prior);
    expect_the_lane(group, 5, 0, 256);
  }
}

TEST_P(BasisLanes, GivesTheLanesBitsForClaimsOfEverySize) {
  std::mt19937_64 rng(10);
  for (const float scale : {1e-3f, 1e3f, 1e8f}) {
    Group group = made_up::plain_group(60, 4, 50'000);
    for (Member& member : group.members) member.scale *= scale;
    group.maximum = to_cents(25e8);
    group.basis = made_up::random_basis(rng, 1);
    expect_the_lane(group, 5, 0, 256);
  }
}

TEST_P(BasisLanes, GivesTheLanesBitsWhereSharesAreTooSmallToScale) {
  std::mt19937_64 rng(11);
  Group group = made_up::plain_group(60, 4, 5'000);
  group.basis = made_up::random_basis(rng, 1);
  group.basis->shares[1].large_less_small[3] = 1e-32f;
  expect_the_lane(group, 5, 0, 256);
}

TEST_P(BasisLanes, GivesTheLanesBitsForSharesOfNothingAndOfAll) {
  std::mt19937_64 rng(12);
  Group group = made_up::plain_group(60, 4, 5'000);
  group.basis = made_up::random_basis(rng, 1);
  for (std::uint32_t month = 0; month < 12; ++month) {
    group.basis->shares[0].small[month] = month < 6 ? 0.0f : 1.0f;
    group.basis->shares[0].large_less_small[month] = 0.0f;
    group.basis->shares[1].small[month] = 0.0f;
    group.basis->shares[1].large_less_small[month] = month < 6 ? 1.0f : 0.0f;
  }
  expect_the_lane(group, 5, 0, 512);
}

TEST_P(BasisLanes, GivesTheLanesBitsOfFamilies) {
  for (const std::uint32_t most : {2u, 5u, 8u, 9u, 30u}) {
    Group group = made_up::plain_group(120, 8, 3'000);
    made_up::add_group_effect(group);
    made_up::add_families(group, most, to_cents(4e5));
    expect_the_lane(group, 5, 0, 200);
  }
}

TEST_P(BasisLanes, GivesTheLanesBitsOfFamiliesUnderABasis) {
  std::mt19937_64 rng(13);
  for (const std::uint32_t prior : {0u, 1u, 2u, 3u}) {
    Group group = made_up::plain_group(120, 5, 3'000);
    made_up::add_families(group, 12, to_cents(4e5));
    group.basis = made_up::random_basis(rng, prior);
    expect_the_lane(group, 5, 0, 200);
  }
}

}  // namespace
}  // namespace corridor
