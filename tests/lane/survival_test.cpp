// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/lane/survival.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

#include "kernels/lane/table.hpp"

namespace corridor {
namespace {

TEST(Survival, OfTheLeastAndTheGreatestWordIsHalfALatticeStepFromTheEnds) {
  EXPECT_EQ(survival_of(0), 0x1p-24f);
  EXPECT_EQ(survival_of(0xffffffffu), 1.0f - 0x1p-24f);
}

TEST(Survival, IsExactlyTheOddLatticePoint) {
  for (std::uint32_t k = 0; k < 1u << 23; k += 9973) {
    EXPECT_EQ(static_cast<double>(survival_of(k << 9 | 0x155)), (2.0 * k + 1) * 0x1p-24);
  }
}

TEST(Survival, IsRefinedBelowTwoToTheMinus14) {
  EXPECT_TRUE(needs_refining(refine_below - 1));
  EXPECT_FALSE(needs_refining(refine_below));
  EXPECT_LT(survival_of(refine_below - 1), 0x1p-14f);
  EXPECT_GT(survival_of(refine_below), 0x1p-14f);
}

TEST(RefinedSurvival, OfNoBitsAtAllIsTheFloor) { EXPECT_EQ(refined_survival(0, 0), 0x1p-40f); }

TEST(RefinedSurvival, OfTheLargestBitsIsJustBelowTwoToTheMinus14) {
  EXPECT_EQ(static_cast<double>(refined_survival(refine_below - 1, 0xffffffffu)),
            ((1u << 24) - 1) * 0x1p-38);
}

TEST(RefinedSurvival, StaysInsideTheCellOfItsWord) {
  std::mt19937 rng(3);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint32_t word = static_cast<std::uint32_t>(rng()) % refine_below;
    const auto survival =
        static_cast<double>(refined_survival(word, static_cast<std::uint32_t>(rng())));
    EXPECT_GE(survival, std::max(word * 0x1p-32, 0x1p-40));
    EXPECT_LE(survival, std::max((word + 1.0) * 0x1p-32, 0x1p-40));
  }
}

TEST(RefinedSurvival, KeepsTwentyFourBitsOfA64BitFractionAndMakesThemOdd) {
  std::mt19937_64 rng(4);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t bits = rng() >> (14 + rng() % 26);
    const auto word = static_cast<std::uint32_t>(bits >> 32),
               more = static_cast<std::uint32_t>(bits);
    int shift = 0;
    while (bits >> shift >= 1u << 24) ++shift;
    const double odd = std::ldexp(static_cast<double>(bits >> shift | 1), shift - 64);
    EXPECT_EQ(static_cast<double>(refined_survival(word, more)), std::max(odd, 0x1p-40)) << bits;
  }
}

TEST(RefinedSurvival, RisesWithItsBits) {
  float last = 0;
  for (std::uint64_t bits = 1; bits < std::uint64_t{refine_below} << 32; bits += bits / 3 + 1) {
    const float survival =
        refined_survival(static_cast<std::uint32_t>(bits >> 32), static_cast<std::uint32_t>(bits));
    EXPECT_GE(survival, last);
    last = survival;
  }
}

TEST(ThinnedSurvival, ByExactlyOneChangesNoBit) {
  for (std::uint32_t word = 0; word < 0xffff0000u; word += 0x10001) {
    EXPECT_EQ(thinned_survival(survival_of(word), 1, 1), survival_of(word));
  }
  EXPECT_EQ(thinned_survival(survival_floor, 1, 1), survival_floor);
}

TEST(ThinnedSurvival, OfAShortExposureIsOneMostOfTheTime) {
  EXPECT_EQ(thinned_survival(0.5f, 4.0f, 1.0f), 1.0f);
  EXPECT_EQ(thinned_survival(0.125f, 4.0f, 1.0f), 0.5f);
}

TEST(ThinnedSurvival, NeverFallsBelowTheFloor) {
  EXPECT_EQ(thinned_survival(survival_floor, 1.0f, 0.5f), survival_floor);
}

TEST(ThinnedSurvival, ClampsAfterBothFactors) {
  EXPECT_EQ(thinned_survival(0.5f, 4.0f, 0.25f), 0.5f);
}

TEST(BucketIndex, RunsFromTheFloorToOne) {
  EXPECT_EQ(bucket_index(survival_floor), 0u);
  EXPECT_EQ(bucket_index(std::nextafter(1.0f, 0.0f)), 319u);
  EXPECT_EQ(bucket_index(1.0f), 320u);
}

TEST(BucketIndex, StepsAtEveryEighthOfAnOctave) {
  for (std::uint32_t b = 1; b < sloped_bucket_count; ++b) {
    const float edge = float_from_bits((first_bucket_bits + b) << bucket_shift);
    EXPECT_EQ(bucket_index(edge), b);
    EXPECT_EQ(bucket_index(std::nextafter(edge, 0.0f)), b - 1);
  }
}

}  // namespace
}  // namespace corridor
