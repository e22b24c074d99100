// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/counted_cover.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {

double CountedCover::payout_usd(double counted_usd) const {
  return std::min(limit_usd, share * std::max(0.0, counted_usd - attachment_usd));
}

PayoutMoments payout_moments(const CountedCover& of, const TotalLaw& counted) {
  const TailAt low = counted.at(of.attachment_usd);
  PayoutMoments moments{of.share * low.excess, of.share * of.share * low.excess_squared};
  if (std::isinf(of.limit_usd)) return moments;
  const TailAt high = counted.at(of.exhaustion_usd());
  moments.mean -= of.share * high.excess;
  moments.square -= of.share * (of.share * high.excess_squared + 2 * of.limit_usd * high.excess);
  return moments;
}

CountedPayout payout_of(const CountedCover& of, double counted_certain) {
  const double from = std::max(0.0, of.attachment_usd - counted_certain);
  return {from, std::max(from, of.exhaustion_usd() - counted_certain), of.share};
}

}  // namespace corridor
