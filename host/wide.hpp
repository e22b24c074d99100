// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "kernels/lane/tally.hpp"

namespace corridor {

__extension__ using Unsigned128 = unsigned __int128;

/// Unsigned 256-bit integer: just what an exact variance needs.
struct Unsigned256 {
  std::array<std::uint64_t, 4> limb{};  ///< lowest first
};

Unsigned128 wide(const Sum128& sum);
Unsigned256 product(Unsigned128 a, Unsigned128 b);
/// a - b. Expects a >= b.
Unsigned256 difference(const Unsigned256& a, const Unsigned256& b);
/// Nearest double, ties to even.
double nearest(const Unsigned256& value);

/// numerator / denominator as the nearest double, ties to even.
/// Expects 0 < denominator < 2^72.
double quotient(Unsigned128 numerator, Unsigned128 denominator);

}  // namespace corridor
