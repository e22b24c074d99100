// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "host/distribution/claim_law.hpp"
#include "tests/distribution/specs.hpp"

namespace corridor {

/// The law of a spec in a book that holds `others` besides.
inline std::unique_ptr<ClaimLaw> law_from(const DistributionSpec& spec,
                                          std::vector<DistributionSpec> others = {}) {
  others.push_back(spec);
  return make_law(spec, others);
}

/// Mean over survival low to high of min(X, limit).
inline double limited_mean(const ClaimLaw& law, double low, double high, double limit) {
  const double split = std::clamp(law.survival(limit), low, high);
  return (limit * (split - low) + law.quantile_integral(split, high)) / (high - low);
}

/// Mean that the table of a law must have: the law held at eight times the cap, and at the cap
/// where fewer than one in 2^40 are.
inline double mean_under(const ClaimLaw& law, double cap) {
  const double at_floor = std::min(law.quantile(0x1p-40), 8 * cap);
  return limited_mean(law, 0, 0x1p-40, std::max(cap, at_floor)) * 0x1p-40 +
         limited_mean(law, 0x1p-40, 1, 8 * cap) * (1 - 0x1p-40);
}

inline double relative_error(double value, double expected) {
  return value == expected ? 0 : std::fabs(value / expected - 1);
}

}  // namespace corridor
