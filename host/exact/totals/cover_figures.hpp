// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <vector>

#include "corridor/losses.hpp"
#include "host/exact/totals/total_law.hpp"

namespace corridor {

/// A cover of a total T: it pays min(share * (T - attachment)+, limit). An aggregating specific is
/// one of share 1.
struct CoverOfTotal {
  double attachment_usd = 0;
  double share = 1;
  double limit_usd = std::numeric_limits<double>::infinity();

  /// Where the limit is reached; infinite without one.
  double exhaustion_usd() const { return attachment_usd + limit_usd / share; }
  double payout_usd(double total_usd) const;
};

/// Amounts at which cover_figures looks at the law, besides its quantiles.
void add_amounts(const CoverOfTotal& cover, std::vector<double>& amounts_usd);

/// Exact figures of a cover: mean, SD, probability, VaR and TVaR at the levels, and how far off the
/// least certain of them is estimated to be.
FigureLoss cover_figures(const TotalLaw& law, const CoverOfTotal& cover,
                         const std::vector<double>& levels);

}  // namespace corridor
