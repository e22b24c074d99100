// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/risk/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/risk/binomial.hpp"
#include "host/risk/exact_sums.hpp"

namespace corridor {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double standard_error(std::span<const Cents> ascending, std::uint64_t rank, double outside) {
  const auto years = static_cast<double>(ascending.size());
  const double ranks = std::sqrt(years * outside * (1 - outside));
  const auto step = static_cast<std::uint64_t>(std::llround(ranks));
  if (step == 0 || rank <= step || rank + step > ascending.size()) return none;
  const double apart = usd(ascending[rank + step - 1] - ascending[rank - step - 1]);
  return apart / static_cast<double>(2 * step) * ranks;
}

}  // namespace

Quantile quantile_at(std::span<const Cents> ascending, std::uint64_t rank, double outside) {
  Quantile quantile{usd(ascending[rank - 1]), none, {}};
  const std::uint64_t either = std::min(ascending.size() - rank, rank - 1);
  if (either < quantile_years) return quantile;
  quantile.se_usd = standard_error(ascending, rank, outside);
  const RankRange ranks = quantile_ranks(ascending.size(), outside);
  if (ranks.exists()) {
    quantile.interval_95 = {usd(ascending[ranks.low - 1]), usd(ascending[ranks.high - 1])};
  }
  return quantile;
}

}  // namespace corridor
