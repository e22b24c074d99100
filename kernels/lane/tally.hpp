// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/cents.hpp"

namespace corridor {

/// Unsigned 128-bit sum in two limbs: the squares of cents over millions of years.
struct Sum128 {
  std::uint64_t low = 0, high = 0;

  CORRIDOR_HD void add(std::uint64_t low_part, std::uint64_t high_part) {
    low += low_part;
    high += high_part + (low < low_part ? 1u : 0u);
  }
  CORRIDOR_HD void add(const Sum128& other) { add(other.low, other.high); }
};

/// amount * amount, from four 32-bit products so that both processors need nothing wider.
CORRIDOR_HD Sum128 squared(std::uint64_t amount) {
  const std::uint64_t low = amount & 0xffffffffu, high = amount >> 32;
  Sum128 result{low * low, high * high};
  const std::uint64_t cross = low * high;  // counted twice: shift by 33
  result.add(cross << 33, cross >> 31);
  return result;
}

/// Unsigned 192-bit sum in three limbs: cubes of payouts.
struct Sum192 {
  std::uint64_t low = 0, middle = 0, high = 0;

  CORRIDOR_HD void add(const Sum192& other) {
    low += other.low;
    const std::uint64_t carry = low < other.low ? 1u : 0u;
    middle += other.middle;
    const std::uint64_t over = middle < other.middle ? 1u : 0u;
    middle += carry;
    high += other.high + over + (middle < carry ? 1u : 0u);
  }
};

/// square * half for a half of 32 bits, by limbs of 32 bits.
CORRIDOR_HD Sum192 by_half(const Sum128& square, std::uint64_t half) {
  const std::uint64_t c0 = (square.low & 0xffffffffu) * half;
  const std::uint64_t c1 = (square.low >> 32) * half + (c0 >> 32);
  const std::uint64_t c2 = (square.high & 0xffffffffu) * half + (c1 >> 32);
  const std::uint64_t c3 = (square.high >> 32) * half + (c2 >> 32);
  return {(c1 << 32) | (c0 & 0xffffffffu), (c3 << 32) | (c2 & 0xffffffffu), c3 >> 32};
}

/// amount * amount * amount.
CORRIDOR_HD Sum192 cubed(std::uint64_t amount) {
  const Sum128 square = squared(amount);
  const Sum192 upper = by_half(square, amount >> 32);
  Sum192 result = by_half(square, amount & 0xffffffffu);
  result.add({upper.low << 32, (upper.middle << 32) | (upper.low >> 32),
              (upper.high << 32) | (upper.middle >> 32)});
  return result;
}

/// Exact sums of one figure over the years of a run; merging is adding, in any order.
/// Expects amounts of 0 or more.
struct CellTally {
  Sum128 sum;              ///< cents
  Sum128 squares;          ///< cents squared
  std::uint64_t hits = 0;  ///< years with an amount above 0

  CORRIDOR_HD void add(Cents amount) {
    const auto value = static_cast<std::uint64_t>(amount);
    sum.add(value, 0);
    squares.add(squared(value));
    hits += amount > 0 ? 1 : 0;
  }
  CORRIDOR_HD void merge(const CellTally& other) {
    sum.add(other.sum);
    squares.add(other.squares);
    hits += other.hits;
  }
};

/// The exact tail of one figure at one level.
struct TailTally {
  Cents value_at_risk = 0;  ///< the order statistic of rank ceil(p * years), ascending
  Sum128 excess{};          ///< sum over years of (amount - value_at_risk)+, cents
  Sum128 squares{};         ///< of their squares
  Sum192 cubes{};           ///< and of their cubes

  /// Adds a year of value_at_risk + `above`. Expects `above` of 0 or more, below 2^53.
  CORRIDOR_HD void add(Cents above) {
    const auto value = static_cast<std::uint64_t>(above);
    excess.add(value, 0);
    squares.add(squared(value));
    cubes.add(cubed(value));
  }
  CORRIDOR_HD void merge(const TailTally& other) {
    excess.add(other.excess);
    squares.add(other.squares);
    cubes.add(other.cubes);
  }
};

}  // namespace corridor
