// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/expect_aggregate.hpp"

namespace corridor::oracle {
namespace {

// The case that matters most: without the group effect a cover of a thousand lives at 125% is
// priced two hundred times too low.
TEST(SlowSimulatedAggregate, OfAThousandLivesWithAGroupEffectMatchesTheConvolution) {
  expect_silver_group(1000, 0.10, 400'000, {200, 1u << 17});
}

TEST(SlowSimulatedAggregate, OfAThousandLivesGivesThePublishedPrice) {
  expect_published(1000, 0.10, {NAN, NAN, NAN, .0200, NAN});
}

TEST(SlowSimulatedAggregate, OfLargeGroupsMatchesTheConvolution) {
  expect_silver_group(500, 0, 200'000, {50, 1u << 18});
  expect_silver_group(1000, 0, 200'000, {50, 1u << 18});
  expect_silver_group(2500, 0, 200'000, {100, 1u << 18});
}

}  // namespace
}  // namespace corridor::oracle
