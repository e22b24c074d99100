// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "host/exact/joint/joint_lattice.hpp"
#include "host/exact/totals/total_law.hpp"

namespace corridor {

/// Pays share * (counted - attachment)+, at most the limit.
struct CountedCover {
  double share = 1, attachment_usd = 0;
  double limit_usd = std::numeric_limits<double>::infinity();

  double payout_usd(double counted_usd) const;
  double exhaustion_usd() const { return attachment_usd + limit_usd / share; }
};

/// Means of the payout and of its square.
struct PayoutMoments {
  double mean = 0, square = 0;
};

/// Expects the attachment, and where it is finite the exhaustion, in the law's demand.
PayoutMoments payout_moments(const CountedCover& of, const TotalLaw& counted);

/// Beyond what is certain of the counted claims, and of the payout.
CountedPayout payout_of(const CountedCover& of, double counted_certain);

}  // namespace corridor
