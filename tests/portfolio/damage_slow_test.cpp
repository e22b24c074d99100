// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The same damage at the numbers that the reliability figures state.
#include <gtest/gtest.h>

#include "tests/portfolio/damage.hpp"

namespace corridor::tests {
namespace {

TEST(DamageAtLength, EveryTruncationIsRefused) { expect_truncations_refused(2'000); }

TEST(DamageAtLength, EveryFlippedBitIsDetectedOrHarmless) { expect_flips_seen(2'000, 1, 3); }

TEST(DamageAtLength, EveryRunOfChangedBytesIsDetectedOrHarmless) { expect_flips_seen(2'000, 8, 4); }

}  // namespace
}  // namespace corridor::tests
