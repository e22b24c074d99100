// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "kernels/lane/cents.hpp"

namespace corridor {

/// Dollars of the book in whole cents, ties to even; infinite and unreachable amounts are unlimited.
inline Cents cents_of(double usd) {
  const double cents = usd * 100;
  return cents < cents_max ? static_cast<Cents>(std::nearbyint(cents)) : unlimited;
}

inline double usd_of(Cents cents) {
  return cents >= unlimited ? HUGE_VAL : static_cast<double>(cents) / 100;
}

}  // namespace corridor
