// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/effect_cells.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "kernels/lane/effect.hpp"
#include "kernels/lane/philox.hpp"

namespace corridor {
namespace {

constexpr int finest = 128;  // cells an octave: bounds are at most 0.5% above

using Steps = std::pair<int, int>;  // of the severity and of the frequency

double bound_of(int step, int cells) { return std::exp2(step / static_cast<double>(cells)); }

/// The lowest step whose bound is not below the factor.
int step_above(double factor, int cells) {
  int step = static_cast<int>(std::ceil(std::log2(factor) * cells));
  while (bound_of(step, cells) < factor) ++step;
  return step;
}

std::vector<Steps> steps_of(std::span<const YearFactor> years, int cells) {
  std::vector<Steps> steps(years.size());
  tbb::parallel_for(std::size_t{0}, years.size(), [&](std::size_t y) {
    steps[y] = {step_above(years[y].severity, cells), step_above(years[y].frequency, cells)};
  });
  return steps;
}

std::vector<Steps> distinct(std::vector<Steps> steps) {
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  return steps;
}

}  // namespace

std::vector<YearFactor> factors_of_years(const GroupView& group, std::uint64_t seed,
                                         std::uint32_t years) {
  const Philox draw{round_keys(seed)};
  std::vector<YearFactor> factors(years);
  tbb::parallel_for(std::uint32_t{0}, years, [&](std::uint32_t year) {
    const YearEffect effect = year_effect(group, year, draw);
    factors[year] = {double{effect.severity}, 1 / double{effect.inverse_frequency}};
  });
  return factors;
}

EffectCells::EffectCells(std::span<const YearFactor> years, std::size_t classes,
                         std::size_t most) {
  int cells = finest;
  std::vector<Steps> steps = steps_of(years, cells), kinds = distinct(steps);
  while (cells > 1 && kinds.size() * classes > most) {
    cells /= 2;
    steps = steps_of(years, cells);
    kinds = distinct(steps);
  }
  for (const Steps& kind : kinds) {
    bounds_.push_back({bound_of(kind.first, cells), bound_of(kind.second, cells)});
  }
  cell_of_year_.resize(years.size());
  tbb::parallel_for(std::size_t{0}, years.size(), [&](std::size_t y) {
    const auto at = std::lower_bound(kinds.begin(), kinds.end(), steps[y]);
    cell_of_year_[y] = static_cast<std::uint32_t>(at - kinds.begin());
  });
}

}  // namespace corridor
