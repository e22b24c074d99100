// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/tallies.hpp"

/// Equality of tallies for tests: every integer, nothing else.
namespace corridor {

inline bool operator==(const Sum128& a, const Sum128& b) {
  return a.low == b.low && a.high == b.high;
}
inline bool operator==(const Sum192& a, const Sum192& b) {
  return a.low == b.low && a.middle == b.middle && a.high == b.high;
}
inline bool operator==(const CellTally& a, const CellTally& b) {
  return a.sum == b.sum && a.squares == b.squares && a.hits == b.hits;
}
inline bool operator==(const TailTally& a, const TailTally& b) {
  return a.value_at_risk == b.value_at_risk && a.excess == b.excess && a.squares == b.squares &&
         a.cubes == b.cubes;
}
inline bool operator==(const FigureTally& a, const FigureTally& b) {
  return a.cell == b.cell && a.tails == b.tails && a.sorted_payouts == b.sorted_payouts;
}
inline bool operator==(const RowTally& a, const RowTally& b) {
  return a.counted == b.counted && a.specific_before_asd == b.specific_before_asd &&
         a.specific == b.specific && a.aggregate == b.aggregate && a.total == b.total;
}
inline bool operator==(const GroupTally& a, const GroupTally& b) {
  return a.ground_up == b.ground_up && a.rows == b.rows;
}

}  // namespace corridor
