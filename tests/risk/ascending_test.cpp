// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "host/risk/risk.hpp"

namespace corridor {
namespace {

void expect_sorted(std::vector<Cents> amounts) {
  const std::vector<Cents> found = ascending(amounts);
  std::sort(amounts.begin(), amounts.end());
  EXPECT_EQ(found, amounts);
}

TEST(Ascending, IsEveryAmountInOrderHoweverWideTheyLie) {
  std::mt19937_64 random(11);
  for (const std::size_t count : {std::size_t{1}, std::size_t{2047}, std::size_t{2048},
                                  std::size_t{10'000}}) {
    for (const int bits : {1, 11, 12, 33, 45, 64}) {
      std::vector<Cents> amounts(count);
      for (Cents& amount : amounts) amount = static_cast<Cents>(random()) >> (64 - bits);
      expect_sorted(amounts);
    }
  }
}

TEST(Ascending, HoldsTheWidestAmountsAndTies) {
  std::vector<Cents> amounts(5000, 7);
  amounts[3] = std::numeric_limits<Cents>::min();
  amounts[4] = std::numeric_limits<Cents>::max();
  amounts[4999] = -7;
  expect_sorted(amounts);
  expect_sorted(std::vector<Cents>(5000, -3));
}

}  // namespace
}  // namespace corridor
