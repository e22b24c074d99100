// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/interval_claims.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr double payouts_most = 3.5;

bool is_seen(double largest_usd, double payout_usd, double hits) {
  return hits > 0 && largest_usd <= payouts_most * payout_usd * std::sqrt(hits);
}

}  // namespace

IntervalClaims interval_claims(const FigureLoss& loss, double largest_claim_usd,
                               const std::vector<Level>& levels) {
  const auto all = static_cast<double>(loss.years);
  const auto hits = static_cast<double>(loss.hits);
  IntervalClaims claims;
  claims.mean = is_seen(largest_claim_usd, loss.mean_usd * all / hits, hits);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double outside = (1 - levels[i].value) * all;
    const double above = std::min(outside, hits);
    const double excess = (loss.tvar_usd.at(i) - loss.var_usd.at(i)) * outside / above;
    claims.tvar.push_back(is_seen(largest_claim_usd, excess, above));
  }
  return claims;
}

}  // namespace corridor
