// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/reduce/interval.hpp"

#include <algorithm>
#include <cmath>

#include "host/wide.hpp"

namespace corridor {
namespace {

constexpr double cents = 100;

/// Power sums of some amounts.
struct PowerSums {
  double count = 0, first = 0, second = 0, third = 0;
};

double amount(const Sum128& sum) { return static_cast<double>(wide(sum)); }

double amount(const Sum192& sum) {
  return std::ldexp(static_cast<double>(sum.high), 128) +
         std::ldexp(static_cast<double>(sum.middle), 64) + static_cast<double>(sum.low);
}

/// Cubes of amounts between 0 and `most` of which the rest is known: those of a beta law.
double cubes_between(const PowerSums& sums, double most) {
  if (!(sums.first > 0) || !(sums.second > 0)) return 0;
  const double mean = sums.first / sums.count / most;
  const double variance = std::max(sums.second / sums.count / (most * most) - mean * mean, 0.0);
  const double room = std::max(mean * (1 - mean) - variance, 0.0);
  const double whole = room + 2 * variance;
  return sums.second * most * (whole > 0 ? (mean * room + 2 * variance) / whole : 1);
}

/// Of the whole figure, from its tail at `level`.
PowerSums power_sums(const FigureTally& figure, const TailTally& tail, const Level& level,
                     std::uint64_t years) {
  PowerSums all{static_cast<double>(years), amount(figure.cell.sum), amount(figure.cell.squares),
                amount(tail.cubes)};
  if (tail.value_at_risk == 0) return all;
  const auto from = static_cast<double>(tail.value_at_risk);
  const auto above = static_cast<double>(years - level.rank(years) + 1);
  const double first = amount(tail.excess), second = amount(tail.squares);
  const PowerSums below{static_cast<double>(figure.cell.hits) - above,
                        all.first - (above * from + first),
                        all.second - (above * from * from + 2 * from * first + second), 0};
  all.third += from * (above * from * from + 3 * (from * first + second));
  if (below.count > 0) all.third += cubes_between(below, from);
  return all;
}

YearMoments moments(const PowerSums& sums) {
  YearMoments year;
  year.mean = sums.first / sums.count;
  const double variance = std::max(sums.second / sums.count - year.mean * year.mean, 0.0);
  const double third = sums.third / sums.count - 3 * year.mean * (sums.second / sums.count) +
                       2 * year.mean * year.mean * year.mean;
  year.sd = std::sqrt(variance * sums.count / (sums.count - 1));
  if (variance > 0) year.skewness = third / (variance * std::sqrt(variance));
  return year;
}

}  // namespace

Interval mean_interval(const FigureTally& figure, const std::vector<Level>& levels,
                       std::uint64_t years) {
  if (levels.empty() || figure.cell.hits < interval_hits) return {};
  const auto lowest =
      std::min_element(levels.begin(), levels.end(),
                       [](const Level& a, const Level& b) { return a.value < b.value; });
  const TailTally& tail = figure.tails.at(static_cast<std::size_t>(lowest - levels.begin()));
  const Interval in_cents = mean_interval(moments(power_sums(figure, tail, *lowest, years)), years);
  return {std::max(in_cents.low_usd / cents, 0.0), in_cents.high_usd / cents};
}

Interval tail_interval(const FigureTally& figure, const TailTally& tail, const Level& level,
                       std::uint64_t years) {
  const std::uint64_t above = years - level.rank(years);
  if (std::min(above, figure.cell.hits) < interval_hits) return {};
  const PowerSums excess{static_cast<double>(years), amount(tail.excess), amount(tail.squares),
                         amount(tail.cubes)};
  const Interval mean = mean_interval(moments(excess), years);
  const double from = static_cast<double>(tail.value_at_risk) / cents;
  const double scale = cents * (1 - level.value);
  return {from + std::max(mean.low_usd, 0.0) / scale, from + mean.high_usd / scale};
}

}  // namespace corridor
