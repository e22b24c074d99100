// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/distribution/claim_law.hpp"

namespace corridor {

/// An amount and how probable it is.
struct CostPoint {
  double probability = 0;
  double cost_usd = 0;  ///< above 0
};

/// A law as a few amounts, ascending, each the mean of its part of the law: sixteenths of the
/// probability, the largest halved four times. The mean is the law's; the probability of zero is
/// what the others lack.
std::vector<CostPoint> cost_points(const ClaimLaw& law);

}  // namespace corridor
