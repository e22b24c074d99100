// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/employer.hpp"
#include "kernels/lane/cents.hpp"
#include "kernels/lane/tally.hpp"

namespace corridor {

/// Amounts of every year and the same ascending; cents.
struct SortedYears {
  explicit SortedYears(std::vector<Cents> amounts);

  std::vector<Cents> by_year, ascending;

  std::uint32_t years() const { return static_cast<std::uint32_t>(ascending.size()); }
  /// Order statistic of rank ceil(p * years), 1-based.
  Cents at(double level) const;
};

/// Rank ceil(level * years), at least 1: exact for levels of at most six decimals.
std::uint64_t rank_of(double level, std::uint64_t years);

/// Mean, error, spread and percentiles of shift + amount, dollars.
YearFigure year_figure(const SortedYears& amounts, Cents shift);

/// Mean and standard error of an exact tally beside its closed form.
MeanCheck mean_check(const CellTally& tally, std::uint32_t years, double exact_usd);
MeanCheck mean_check(const std::vector<Cents>& amounts, double exact_usd);

/// Mean and standard error of a - b, year by year.
MeanCheck paired_difference(const std::vector<Cents>& a, const std::vector<Cents>& b);

/// Share of years with shift + amount above a limit in dollars.
double share_above(const SortedYears& amounts, Cents shift, double limit_usd);

/// Edges of 20 to 40 bins of one round width from the least amount to the P99.5 of every option, in
/// dollars: one set for all, so that options compare.
std::vector<double> histogram_edges(double least_usd, double most_usd);
Histogram histogram(const SortedYears& amounts, Cents shift, const std::vector<double>& edges_usd);

}  // namespace corridor
