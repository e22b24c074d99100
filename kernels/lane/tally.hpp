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

/// Exact sums of one figure over the years of a run; merging is adding, in any order.
/// Expects amounts of 0 or more.
struct CellTally {
  Sum128 sum;      ///< cents
  Sum128 squares;  ///< cents squared
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
  Sum128 excess;            ///< sum over years of (amount - value_at_risk)+, cents
};

}  // namespace corridor
