// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/hd.hpp"

namespace corridor {

/// Money above the draws: whole cents, so sums have the same bits in any order.
using Cents = std::int64_t;

/// No amount: a deductible that nothing reaches, a limit that never binds.
inline constexpr Cents unlimited = INT64_MAX / 4;

/// Adding and taking away 1.5 * 2^52 rounds to whole numbers, ties to even, without libm.
inline constexpr double rounding_anchor = 6755399441055744.0;

/// Amounts at or beyond this do not round exactly; the plan refuses groups that could reach it.
inline constexpr double cents_max = 0x1p51;

/// Nearest whole cent, ties to even. Expects |cents| < 2^51 and the default rounding mode.
CORRIDOR_HD double rounded(double cents) { return (cents + rounding_anchor) - rounding_anchor; }

CORRIDOR_HD Cents to_cents(double cents) { return static_cast<Cents>(rounded(cents)); }

/// amount * share to the nearest cent, ties to even.
CORRIDOR_HD Cents share_of(Cents amount, double share) {
  return to_cents(static_cast<double>(amount) * share);
}

CORRIDOR_HD Cents smaller(Cents a, Cents b) { return a < b ? a : b; }
CORRIDOR_HD Cents larger(Cents a, Cents b) { return a > b ? a : b; }
CORRIDOR_HD Cents excess_over(Cents amount, Cents threshold) {
  return larger(amount - threshold, 0);
}

}  // namespace corridor
