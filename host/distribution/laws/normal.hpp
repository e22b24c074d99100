// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace corridor {

/// P(Z > z) of a standard normal, to full relative accuracy in the upper tail.
inline double normal_survival(double z) { return std::erfc(z / std::numbers::sqrt2) / 2; }

/// The z that a standard normal exceeds with probability `survival`; infinite at 0 and 1.
inline double normal_quantile(double survival) {
  if (survival <= 0) return std::numeric_limits<double>::infinity();
  if (survival >= 1) return -std::numeric_limits<double>::infinity();
  using boost::math::policies::promote_double;
  constexpr boost::math::policies::policy<promote_double<false>> in_double;  // not in long double
  return std::numbers::sqrt2 * boost::math::erfc_inv(2 * survival, in_double);
}

/// P(low < Z <= high), without cancellation in either tail.
inline double normal_between(double low, double high) {
  return low > 0 ? normal_survival(low) - normal_survival(high)
                 : normal_survival(-high) - normal_survival(-low);
}

}  // namespace corridor
