// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "host/pipeline_scenario.hpp"
#include "tests/plan/made_up_portfolio.hpp"

namespace corridor::made_up {

/// Groups of members with one lognormal law, heavy enough that every cover is hit.
inline Portfolio insured_book() {
  Portfolio book = portfolio({30, 50, 40});
  DistributionSpec law;
  law.name = "silver";
  law.kind = "lognormal";
  law.numbers = {{"mean_usd", {9e3}}, {"cv", {5}}, {"p_zero", {.15}}};
  book.distributions.push_back(law);
  book.market = {{"book_cv", 0.05}};
  add_group_column(book, "effect_cv", {0.2, 0, 0.1});
  add_group_column(book, "specific_deductible_usd", {50e3, 40e3, HUGE_VAL});
  add_group_column(book, "aggregating_specific_usd", {0, 20e3, 0});
  add_group_column(book, "aggregate_corridor", {1.1, HUGE_VAL, 1.2});
  return book;
}

inline TailOptions options(std::uint32_t years, std::uint64_t seed = 1) {
  TailOptions result;
  result.run.years = years;
  result.run.seed = seed;
  result.run.levels = {parse_level("0.99")};
  return result;
}

/// A number of the table "changes".
inline double change(const ResultFile& results, const std::string& metric,
                     const std::string& figure, std::string_view column) {
  const ResultTable& table = *results.find("changes");
  const auto of = [&](std::string_view name) -> const QuoteColumn& {
    for (const QuoteColumn& each : table.columns) {
      if (each.name == name) return each;
    }
    throw Error(ErrorKind::internal, "no column " + std::string(name));
  };
  const auto& metrics = std::get<std::vector<std::string>>(of("metric").values);
  const auto& figures = std::get<std::vector<std::string>>(of("figure").values);
  for (std::size_t row = 0; row < table.rows; ++row) {
    if (metrics[row] != metric || figures[row] != figure) continue;
    return std::get<std::vector<double>>(of(column).values)[row];
  }
  throw Error(ErrorKind::internal, "no row " + metric + " " + figure);
}

}  // namespace corridor::made_up
