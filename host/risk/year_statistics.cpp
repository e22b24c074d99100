// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/risk/year_statistics.hpp"

#include <algorithm>
#include <cmath>

#include "host/risk/exact_sums.hpp"

namespace corridor {

YearStatistics year_statistics(std::span<const Cents> ascending) {
  Unsigned128 sum = 0, squares = 0;  // above the least year, so that none is negative
  for (const Cents amount : ascending) {
    const std::uint64_t above = distance(amount, ascending.front());
    sum += above;
    squares += Unsigned128{above} * above;
  }
  YearStatistics result;
  result.years = ascending.size();
  result.hits = years_above(ascending, 0);
  const auto years = static_cast<Signed128>(result.years);
  result.mean_usd = ratio(Signed128{ascending.front()} * years + static_cast<Signed128>(sum),
                          Unsigned128{result.years} * cents_per_dollar);
  result.sd_usd = deviation(sum, squares, result.years) / double{cents_per_dollar};
  result.se_usd = result.sd_usd / std::sqrt(static_cast<double>(result.years));
  result.least_usd = usd(ascending.front());
  result.largest_usd = usd(ascending.back());
  return result;
}

std::uint64_t years_above(std::span<const Cents> ascending, double amount_usd) {
  const auto first = std::upper_bound(
      ascending.begin(), ascending.end(), amount_usd * double{cents_per_dollar},
      [](double limit, Cents amount) { return limit < static_cast<double>(amount); });
  return static_cast<std::uint64_t>(ascending.end() - first);
}

}  // namespace corridor
