// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>

#include "tests/money/made_up_run.hpp"

namespace corridor::made_up {

/// `count` groups, each quoted at two deductibles with and without an aggregate, 1,000 years. The
/// first group has an id that tries to be a formula; the second has no employees.
inline Quotes example_quotes(std::size_t count = 3) {
  constexpr std::size_t years = 1'000;
  MadeUpRun run;
  run.plan.options.levels = {parse_level("0.99"), parse_level("0.995")};
  run.plan.options.principles = {"expected_value", "ph_transform"};
  for (std::size_t g = 0; g < count; ++g) {
    const std::string id = g == 0 ? "=1+1" : g == 1 ? "a \"b\", c" : "G" + std::to_string(g);
    run.add_group(id, g == 1 ? 0 : 40, 80 + g);
    Years retained(years), specific(years), aggregate(years), nothing(years);
    for (std::size_t year = 0; year < years; ++year) {
      const auto y = static_cast<Cents>(year * (g + 1));
      retained[year] = 60'000'000 + y * 7'001;
      specific[year] = year % 2 == 0 ? 10'000'001 + y * 50'003 : 0;
      aggregate[year] = year % 10 == 0 ? 3'000'033 : 0;
    }
    run.add_row(100'000, retained, specific, aggregate);
    run.add_row(HUGE_VAL, retained, nothing);
    run.plan.exact.ground_up_usd.back() = 750'000.25;
  }
  Quotes quotes = run.priced();
  quotes.run.version = "0.1.0";
  quotes.run.command_line = "corridor price book.h5 -o quotes.h5";
  quotes.run.device = "cpu scalar, 1 thread";
  quotes.run.timings = {{"load", 0.5}, {"simulate", 12.25, 4900}};
  quotes.run.cost.elapsed_s = 12.5;
  quotes.run.cost.cpu_model = "Some CPU";
  Problem warning;
  warning.severity = Problem::Severity::warning;
  warning.code = "W_NOT_SEALED";
  warning.message = "the book is not sealed";
  quotes.warnings.push_back(warning);
  return quotes;
}

}  // namespace corridor::made_up
