// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "host/risk/exact_sums.hpp"
#include "host/risk/quantile.hpp"
#include "host/risk/risk.hpp"
#include "host/skewed_interval.hpp"

namespace corridor {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Sums over the years of (amount - VaR)+, cents.
struct Excess {
  Unsigned128 sum = 0, squares = 0;
  double cubes = 0;
  std::uint64_t years = 0;  ///< above VaR
};

Excess excess_over(std::span<const Cents> ascending, std::uint64_t rank) {
  Excess excess;
  for (std::uint64_t i = rank; i < ascending.size(); ++i) {
    const std::uint64_t above = distance(ascending[i], ascending[rank - 1]);
    const auto amount = static_cast<double>(above);
    excess.sum += above;
    excess.squares += Unsigned128{above} * above;
    excess.cubes += amount * amount * amount;
    excess.years += above > 0 ? 1 : 0;
  }
  return excess;
}

YearMoments moments_of(const Excess& excess, std::uint64_t years) {
  const auto count = static_cast<double>(years);
  YearMoments year;
  year.mean = static_cast<double>(excess.sum) / count;
  year.sd = deviation(excess.sum, excess.squares, years);
  const double second = static_cast<double>(excess.squares) / count;
  const double third =
      excess.cubes / count - 3 * year.mean * second + 2 * year.mean * year.mean * year.mean;
  if (year.sd > 0) year.skewness = third / (year.sd * year.sd * year.sd);
  return year;
}

/// Events that the sample may lack altogether move the mean by less than its interval is wide.
bool is_seen(double largest_usd, const Excess& excess) {
  const auto years = static_cast<double>(excess.years);
  const double mean_usd = static_cast<double>(excess.sum) / years / double{cents_per_dollar};
  return largest_usd <= std::sqrt(years) * mean_usd;
}

}  // namespace

RiskFigure risk_at(std::span<const Cents> ascending, const Level& level, double largest_usd) {
  const std::uint64_t years = ascending.size(), rank = level.rank(years);
  const std::uint64_t outside = level_parts - level.rank(level_parts);
  const double outside_fraction = static_cast<double>(outside) / double{level_parts};
  const Quantile quantile = quantile_at(ascending, rank, outside_fraction);
  RiskFigure figure{quantile.value_usd, quantile.se_usd, quantile.interval_95, 0, none, {}, 0};
  figure.tail_years = years - rank;

  const Excess excess = excess_over(ascending, rank);
  const Unsigned128 tail = Unsigned128{outside} * years;  // in billionths of a year
  const auto from = Signed128{ascending[rank - 1]} * static_cast<Signed128>(tail);
  figure.tvar_usd =
      ratio(from + static_cast<Signed128>(excess.sum * level_parts), tail * cents_per_dollar);
  if (figure.tail_years < quantile_years) return figure;
  const YearMoments year = moments_of(excess, years);
  const double scale = outside_fraction * double{cents_per_dollar};
  figure.tvar_se_usd = year.sd / std::sqrt(static_cast<double>(years)) / scale;
  if (excess.years < interval_hits || !is_seen(largest_usd, excess)) return figure;
  const Interval mean = mean_interval(year, years);
  figure.tvar_95 = {figure.var_usd + std::fmax(mean.low_usd, 0) / scale,
                    figure.var_usd + mean.high_usd / scale};
  return figure;
}

}  // namespace corridor
