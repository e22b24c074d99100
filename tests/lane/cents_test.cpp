// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/lane/cents.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace corridor {
namespace {

TEST(ToCents, RoundsHalvesToTheEvenCent) {
  EXPECT_EQ(to_cents(0.5), 0);
  EXPECT_EQ(to_cents(1.5), 2);
  EXPECT_EQ(to_cents(2.5), 2);
  EXPECT_EQ(to_cents(-0.5), 0);
  EXPECT_EQ(to_cents(-1.5), -2);
  EXPECT_EQ(to_cents(1234567.5), 1234568);
}

TEST(ToCents, RoundsEverythingElseToTheNearest) {
  EXPECT_EQ(to_cents(0.49999999999999994), 0);
  EXPECT_EQ(to_cents(std::nextafter(0.5, 1.0)), 1);
  EXPECT_EQ(to_cents(std::nextafter(2.5, 3.0)), 3);
}

TEST(ToCents, AgreesWithTheProcessorsRoundingUpToItsLimit) {
  std::mt19937_64 rng(5);
  for (int i = 0; i < 100'000; ++i) {
    const double cents = std::ldexp(static_cast<double>(rng()), -static_cast<int>(13 + rng() % 60));
    ASSERT_LT(cents, cents_max);
    EXPECT_EQ(to_cents(cents), std::llrint(cents)) << cents;
  }
}

TEST(ToCents, IsExactForWholeCentsUpToItsLimit) {
  EXPECT_EQ(to_cents(cents_max), static_cast<Cents>(cents_max));
  EXPECT_EQ(to_cents(cents_max - 1), static_cast<Cents>(cents_max) - 1);
}

TEST(ShareOf, RoundsOnceAndLiesBetweenNothingAndAll) {
  EXPECT_EQ(share_of(5, 0.5), 2);
  EXPECT_EQ(share_of(7, 0.5), 4);
  EXPECT_EQ(share_of(34'666'667, 0.9), 31'200'000);
  for (Cents amount = 0; amount < 1'000; ++amount) {
    EXPECT_GE(share_of(amount, 0.01), 0);
    EXPECT_LE(share_of(amount, 0.99), amount);
  }
}

TEST(ExcessOver, IsNeverNegative) {
  EXPECT_EQ(excess_over(10, 11), 0);
  EXPECT_EQ(excess_over(11, 11), 0);
  EXPECT_EQ(excess_over(12, 11), 1);
  EXPECT_EQ(excess_over(Cents{1} << 50, unlimited), 0);
}

}  // namespace
}  // namespace corridor
