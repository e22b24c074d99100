// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "host/layers/book_layers.hpp"
#include "host/layers/exact_layers.hpp"
#include "tests/exact/made_book.hpp"

namespace corridor::made {

inline const std::vector<Table>& heavy_laws() {
  static const std::vector<Table> tables{
      table_of(lognormal(9000, 5, 0.12)), table_of(pareto(5000, 2.1, 0.7)),
      table_of(atoms({0, 900, 30000, 250000, 1'500'000}, {.3, .5, .18, .0195, .0005}))};
  return tables;
}

/// Members of several laws, scales and exposures, some with a cap of their own.
inline Group heavy_group(std::size_t members, unsigned seed, EffectModel effect) {
  std::mt19937 random(seed);
  std::lognormal_distribution<double> scale(0, 0.5);
  std::uniform_int_distribution<std::uint32_t> table(0, 2);
  std::uniform_real_distribution<double> uniform(0, 1);
  Group group;
  for (std::uint32_t i = 0; i < members; ++i) {
    const double exposure = uniform(random) < 0.3 ? 0.1 + 0.8 * uniform(random) : 1;
    Member one = member(i % 3 == 0 ? 1 : scale(random), table(random), exposure);
    if (i % 11 == 5) {
      group.personal.push_back({i, one, {unlimited}, usd(1.2e6)});
      one.scale = 0;
    }
    group.members.push_back(one);
  }
  group.rows = {plain_row(0)};
  group.maximum = usd(4e6);
  group.effect = effect;
  return group;
}

struct DrawnLayers {
  std::vector<std::vector<WeightedFigures>> groups;  ///< [job][layer]
  std::vector<WeightedFigures> book;                 ///< [layer], all jobs together
};

/// `at_a_time`  jobs that are drawn by one call
inline DrawnLayers layers_of(const Book& book, const std::vector<ClaimLayer>& layers,
                             std::uint32_t years, const std::vector<Level>& levels = {},
                             std::uint64_t seed = 7, std::size_t at_a_time = 1000) {
  BookLayers drawn(layers, levels, seed, years);
  DrawnLayers result;
  for (std::size_t first = 0; first < book.jobs.size(); first += at_a_time) {
    std::vector<std::size_t> jobs(std::min(at_a_time, book.jobs.size() - first));
    std::iota(jobs.begin(), jobs.end(), first);
    for (auto& figures : drawn.add(book, jobs)) result.groups.push_back(std::move(figures));
  }
  result.book = drawn.together();
  return result;
}

}  // namespace corridor::made
