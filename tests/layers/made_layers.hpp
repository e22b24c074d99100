// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

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

inline BookLayers layers_of(const Book& book, const std::vector<ClaimLayer>& layers,
                            std::uint32_t years, const std::vector<Level>& levels = {},
                            std::uint64_t seed = 7) {
  std::vector<std::size_t> jobs(book.jobs.size());
  std::iota(jobs.begin(), jobs.end(), std::size_t{0});
  return book_layers(book, jobs, layers, levels, seed, years, {});
}

}  // namespace corridor::made
