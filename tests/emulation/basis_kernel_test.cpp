// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/emulation/injected.hpp"
#include "tests/emulation/lane_kernel_on_cpu.hpp"

namespace corridor {
namespace {

using emulated::Batch;
using emulated::expect_lane_bits;

made_up::Group basis_group(std::uint32_t members, std::uint32_t thresholds,
                           std::uint32_t prior_years, double lowest_usd = 3'000) {
  std::mt19937_64 rng(members + 7 * thresholds + prior_years);
  made_up::Group group = made_up::plain_group(members, thresholds, lowest_usd, rng());
  made_up::add_group_effect(group);
  group.basis = made_up::random_basis(rng, prior_years);
  return group;
}

class PriorYears : public testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(EmulatedBasis, PriorYears, testing::Values(0, 1, 2, 3));

TEST_P(PriorYears, GiveTheLanesBitsForAnyGroupSize) {
  for (const std::uint32_t members : {0u, 1u, 3u, 7u, 8u, 9u, 31u, 32u, 33u, 300u, 513u}) {
    expect_lane_bits(basis_group(members, 8, GetParam()), {1'000, 80});
  }
}

TEST_P(PriorYears, GiveTheLanesBitsForAnyThresholdCount) {
  for (const std::uint32_t thresholds : {1u, 9u, 17u, 32u}) {
    expect_lane_bits(basis_group(60, thresholds, GetParam()), {0, 96});
  }
}

TEST_P(PriorYears, GiveTheLanesBitsForEveryPersistence) {
  for (const std::uint32_t persistence : {0u, 11'796u, 65'535u, 65'536u}) {
    made_up::Group group = basis_group(60, 4, GetParam());
    group.basis->persistence = persistence;
    expect_lane_bits(group, {0, 96});
  }
}

TEST_P(PriorYears, GiveTheLanesBitsOfPersonsAndFamilies) {
  made_up::Group group = basis_group(80, 5, GetParam());
  made_up::add_families(group, 7, to_cents(4e5));
  group.personal[3].known_run_in = 1'000'00;
  expect_lane_bits(group, {0, 100});
}

TEST_P(PriorYears, GiveTheLanesBitsWithEveryFeatureAtRandom) {
  std::mt19937_64 rng(20260101 + GetParam());
  for (int i = 0; i < 8; ++i) {
    const auto members = static_cast<std::uint32_t>(1 + rng() % 150);
    const auto thresholds = static_cast<std::uint32_t>(1 + rng() % 32);
    SCOPED_TRACE(i);
    expect_lane_bits(made_up::random_basis_group(rng, members, thresholds, GetParam()),
                     {static_cast<std::uint32_t>(rng()), 64}, rng());
  }
}

TEST_P(PriorYears, GiveTheLanesBitsOfForcedTailsAndEdges) {
  for (const bool staged : {false, true}) {
    made_up::Group group = basis_group(120, 8, GetParam());
    made_up::shorten_exposures(group);
    made_up::add_frequency_effect(group);
    made_up::give_own_terms(group, 5, 2, unlimited);
    Batch batch({group}, {0, 64});
    batch.shape().staged = staged;
    const Injected draw{round_keys(3)};
    batch.run(draw);
    batch.expect_defined_sums(draw);
  }
}

TEST_P(PriorYears, GiveTheLanesBitsOfWordsWithoutABit) {
  Batch batch({basis_group(70, 8, GetParam(), 10'000)}, {0, 64});
  const Injected draw{{}, true};
  batch.run(draw);
  batch.expect_defined_sums(draw);
}

TEST(EmulatedBasis, CapCutsClaimsAndTheGroundUpSum) {
  made_up::Group group = basis_group(300, 8, 1);
  group.maximum = to_cents(100.0 * 4'000);
  expect_lane_bits(group, {0, 64});
}

TEST(EmulatedBasis, FullBlockAtTheLastYearsGivesTheLanesBits) {
  Batch batch({basis_group(100, 8, 2)}, {0xFFFFFF80u, 300});
  batch.run<cuda::block_years>(emulated::curand(5));
  batch.expect_defined_sums(Philox{round_keys(5)});
}

TEST(EmulatedBasis, GroupsOfABatchMayReachIntoDifferentYears) {
  std::vector<made_up::Group> groups;
  for (std::uint32_t prior = 0; prior < 4; ++prior) {
    groups.push_back(basis_group(30 + 90 * prior, 8, prior));
  }
  made_up::give_own_terms(groups[2], 17, 2, unlimited);
  Batch batch(groups, {0, 100});
  batch.run(emulated::curand(1));
  batch.expect_defined_sums(Philox{round_keys(1)});
}

TEST(EmulatedPersons, OfFamiliesWithoutABasisGiveTheLanesBits) {
  made_up::Group group = made_up::plain_group(80, 5, 3'000);
  made_up::add_families(group, 12, to_cents(4e5));
  expect_lane_bits(group, {0, 100});
}

}  // namespace
}  // namespace corridor
