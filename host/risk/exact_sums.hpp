// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "host/wide.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

__extension__ using Signed128 = __int128;

inline constexpr std::uint64_t cents_per_dollar = 100;
inline constexpr std::uint64_t level_parts = 1'000'000'000;  ///< levels have nine decimals

inline double usd(Cents amount) {
  return static_cast<double>(amount) / static_cast<double>(cents_per_dollar);
}

/// amount above `from`, which is no larger.
inline std::uint64_t distance(Cents amount, Cents from) {
  return static_cast<std::uint64_t>(amount) - static_cast<std::uint64_t>(from);
}

/// numerator / denominator as the nearest double. Expects 0 < denominator < 2^72.
inline double ratio(Signed128 numerator, Unsigned128 denominator) {
  const auto size = static_cast<Unsigned128>(numerator < 0 ? -numerator : numerator);
  return numerator < 0 ? -quotient(size, denominator) : quotient(size, denominator);
}

/// Standard deviation, with years - 1, from exact sums of `years` amounts of 0 or more; nothing
/// cancels. 0 for fewer than two years.
inline double deviation(Unsigned128 sum, Unsigned128 squares, std::uint64_t years) {
  if (years < 2) return 0;
  const double spread = nearest(difference(product(squares, years), product(sum, sum)));
  const auto count = static_cast<double>(years);
  return std::sqrt(spread / (count * (count - 1)));
}

}  // namespace corridor
