// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/tiers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace corridor {

Tiers relativity_or(const std::vector<double>& stated, const Tiers& otherwise) {
  if (stated.size() != tier_count) return otherwise;
  Tiers tiers{};
  std::copy(stated.begin(), stated.end(), tiers.begin());
  return tiers;
}

Tiers monthly_amounts(double total_usd, const Tiers& relativity, const Tiers& months) {
  Tiers amounts;
  const double weight = over_months(relativity, months);
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    amounts[tier] = weight > 0 ? total_usd * relativity[tier] / weight : std::nan("");
  }
  return amounts;
}

double over_months(const Tiers& amounts, const Tiers& months) {
  double sum = 0;
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    if (months[tier] > 0) sum += amounts[tier] * months[tier];
  }
  return sum;
}

double total_months(const Tiers& months) {
  return std::accumulate(months.begin(), months.end(), 0.0);
}

}  // namespace corridor
