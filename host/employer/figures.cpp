// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace corridor {
namespace {

__extension__ using Wide = __int128;

constexpr std::array levels{0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};

double usd(Cents amount) { return static_cast<double>(amount) / 100; }

struct Moments {
  double mean = 0, sd = 0;  ///< cents
};

/// Mean from an exact sum, spread around it in the order of the years.
template <class Value>
Moments moments(std::size_t count, const Value& value) {
  Wide sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += value(i);
  Moments result;
  result.mean = static_cast<double>(sum) / static_cast<double>(count);
  double squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double distance = static_cast<double>(value(i)) - result.mean;
    squares += distance * distance;
  }
  if (count > 1) result.sd = std::sqrt(squares / static_cast<double>(count - 1));
  return result;
}

MeanCheck check_of(const Moments& moments, std::size_t years, double exact_usd) {
  MeanCheck check;
  check.mean_usd = moments.mean / 100;
  check.se_usd = moments.sd / 100 / std::sqrt(static_cast<double>(years));
  check.exact_usd = exact_usd;
  if (check.se_usd > 0) check.z = (check.mean_usd - exact_usd) / check.se_usd;
  return check;
}

double wide(const Sum128& sum) {
  return std::ldexp(static_cast<double>(sum.high), 64) + static_cast<double>(sum.low);
}

/// Order statistics two standard errors of rank below and above.
Percentile percentile(const SortedYears& amounts, double level, Cents shift) {
  const double years = amounts.years();
  const auto rank = static_cast<double>(rank_of(level, amounts.years()));
  const double spread = 2 * std::sqrt(years * level * (1 - level));
  const auto at = [&](double position) {
    const double within = std::clamp(std::round(position), 1.0, years);
    return usd(shift + amounts.ascending[static_cast<std::size_t>(within) - 1]);
  };
  return {level, at(rank), at(rank - spread), at(rank + spread)};
}

/// 1, 2, 2.5 or 5 times a power of ten, the least that is not below `width`.
double round_width(double width) {
  const double power = std::pow(10, std::floor(std::log10(width)));
  for (const double step : {1.0, 2.0, 2.5, 5.0}) {
    if (step * power >= width) return step * power;
  }
  return 10 * power;
}

}  // namespace

SortedYears::SortedYears(std::vector<Cents> amounts)
    : by_year(std::move(amounts)), ascending(by_year) {
  std::sort(ascending.begin(), ascending.end());
}

std::uint64_t rank_of(double level, std::uint64_t years) {
  const auto millionths = static_cast<std::uint64_t>(std::llround(level * 1e6));
  return std::max<std::uint64_t>((millionths * years + 999'999) / 1'000'000, 1);
}

Cents SortedYears::at(double level) const { return ascending[rank_of(level, years()) - 1]; }

YearFigure year_figure(const SortedYears& amounts, Cents shift) {
  const std::vector<Cents>& years = amounts.by_year;
  const Moments spread = moments(years.size(), [&](std::size_t i) { return years[i] + shift; });
  YearFigure figure;
  figure.mean_usd = spread.mean / 100;
  figure.sd_usd = spread.sd / 100;
  figure.se_usd = figure.sd_usd / std::sqrt(static_cast<double>(years.size()));
  for (const double level : levels) figure.percentiles.push_back(percentile(amounts, level, shift));
  return figure;
}

MeanCheck mean_check(const CellTally& tally, std::uint32_t years, double exact_usd) {
  const double count = years;
  Moments spread;
  spread.mean = wide(tally.sum) / count;
  // Of claims, whose spread is no smaller than a thousandth of their mean: little cancels.
  const double squares = wide(tally.squares) - count * spread.mean * spread.mean;
  if (years > 1) spread.sd = std::sqrt(std::max(squares, 0.0) / (count - 1));
  return check_of(spread, years, exact_usd);
}

MeanCheck mean_check(const std::vector<Cents>& amounts, double exact_usd) {
  return check_of(moments(amounts.size(), [&](std::size_t i) { return amounts[i]; }),
                  amounts.size(), exact_usd);
}

MeanCheck paired_difference(const std::vector<Cents>& a, const std::vector<Cents>& b) {
  return check_of(moments(a.size(), [&](std::size_t i) { return a[i] - b[i]; }), a.size(), NAN);
}

double share_above(const SortedYears& amounts, Cents shift, double limit_usd) {
  const auto first =
      std::partition_point(amounts.ascending.begin(), amounts.ascending.end(),
                           [&](Cents amount) { return usd(amount + shift) <= limit_usd; });
  return static_cast<double>(amounts.ascending.end() - first) /
         static_cast<double>(amounts.years());
}

std::vector<double> histogram_edges(double least_usd, double most_usd) {
  constexpr double bins = 20;
  const double width = round_width(std::max(most_usd - least_usd, 1.0) / bins);
  std::vector<double> edges;
  for (double k = std::floor(least_usd / width); k * width <= most_usd; ++k) {
    edges.push_back(k * width);
  }
  return edges;
}

Histogram histogram(const SortedYears& amounts, Cents shift, const std::vector<double>& edges_usd) {
  Histogram result{edges_usd, std::vector<std::uint64_t>(edges_usd.size())};
  auto from = amounts.ascending.begin();
  for (std::size_t bin = 0; bin < edges_usd.size(); ++bin) {
    auto to = amounts.ascending.end();
    if (bin + 1 < edges_usd.size()) {
      to = std::partition_point(
          from, to, [&](Cents amount) { return usd(amount + shift) < edges_usd[bin + 1]; });
    }
    result.counts[bin] = static_cast<std::uint64_t>(to - from);
    from = to;
  }
  return result;
}

}  // namespace corridor
