// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <random>

#include "kernels/lane/tally.hpp"
#include "tests/lane/same_tally.hpp"

namespace corridor {
namespace {

__extension__ using Wide = unsigned __int128;

Wide wide(const Sum128& sum) { return Wide{sum.high} << 64 | sum.low; }

/// Amounts of every magnitude, the ends of each among them.
std::uint64_t any_amount(std::mt19937_64& rng) {
  const std::uint64_t power = std::uint64_t{1} << rng() % 64;
  switch (rng() % 3) {
    case 0:
      return power - 1;
    case 1:
      return power;
    default:
      return rng() % power;
  }
}

TEST(Squared, AgreesWithTheCompilers128Bits) {
  std::mt19937_64 rng(1);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t amount = any_amount(rng);
    ASSERT_TRUE(wide(squared(amount)) == Wide{amount} * amount) << amount;
  }
}

/// cube - amount * square in 192 bits, from products that the compiler knows: 0.
bool is_cube(const Sum192& cube, std::uint64_t amount) {
  const Wide square = Wide{amount} * amount;
  const Wide low = Wide{static_cast<std::uint64_t>(square)} * amount;
  const Wide high = Wide{static_cast<std::uint64_t>(square >> 64)} * amount + (low >> 64);
  return cube.low == static_cast<std::uint64_t>(low) &&
         cube.middle == static_cast<std::uint64_t>(high) &&
         cube.high == static_cast<std::uint64_t>(high >> 64);
}

TEST(Cubed, AgreesWithTheCompilers128Bits) {
  std::mt19937_64 rng(2);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t amount = any_amount(rng);
    ASSERT_TRUE(is_cube(cubed(amount), amount)) << amount;
  }
}

TEST(Sum192, CarriesThroughEveryLimb) {
  const std::uint64_t full = ~std::uint64_t{0};
  Sum192 sum{full, full, 0};
  sum.add({1, 0, 0});
  EXPECT_TRUE(sum == (Sum192{0, 0, 1}));
  sum = {full, full, 2};
  sum.add({full, full, 3});
  EXPECT_TRUE(sum == (Sum192{full - 1, full, 6}));
}

TEST(Squared, OfTheLargestWordHasNoOverflow) {
  const Sum128 square = squared(~std::uint64_t{0});
  EXPECT_EQ(square.low, 1u);
  EXPECT_EQ(square.high, ~std::uint64_t{0} - 1);
}

TEST(Sum128, CarriesIntoTheHighLimb) {
  std::mt19937_64 rng(2);
  Sum128 sum;
  Wide expected = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t low = any_amount(rng), high = rng() % 1000;
    sum.add(low, high);
    expected += Wide{high} << 64 | low;
    ASSERT_TRUE(wide(sum) == expected);
  }
}

TEST(CellTally, IsTheSameForAnyOrderAndAnySplit) {
  std::mt19937_64 rng(3);
  std::vector<Cents> amounts;
  for (int i = 0; i < 5'000; ++i) amounts.push_back(static_cast<Cents>(any_amount(rng) >> 1));
  CellTally whole;
  for (const Cents amount : amounts) whole.add(amount);
  std::shuffle(amounts.begin(), amounts.end(), rng);
  CellTally parts[3], merged;
  for (std::size_t i = 0; i < amounts.size(); ++i) parts[rng() % 3].add(amounts[i]);
  for (const CellTally& part : parts) merged.merge(part);
  EXPECT_TRUE(merged == whole);
}

TEST(CellTally, CountsYearsAboveZeroAsHits) {
  CellTally cell;
  for (const Cents amount : {0, 1, 0, 500, 3}) cell.add(amount);
  EXPECT_EQ(cell.hits, 3u);
  EXPECT_EQ(cell.sum.low, 504u);
  EXPECT_EQ(cell.squares.low, 250'010u);
}

}  // namespace
}  // namespace corridor
