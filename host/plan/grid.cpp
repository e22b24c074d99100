// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/grid.hpp"

#include <cmath>
#include <string>

namespace corridor {
namespace {

void check_ascending(const std::vector<double>& values, const std::string& name) {
  double previous = 0;
  for (const double value : values) {
    if (std::isnan(value) || value <= 0) {
      throw Error(ErrorKind::usage, name + ": " + std::to_string(value) +
                                        " is not above 0. Give numbers above 0, or inf for none");
    }
    if (value <= previous) {
      throw Error(ErrorKind::usage,
                  name +
                      ": values must ascend without repeats, so that each is one column of the "
                      "grid. Sort the list");
    }
    previous = value;
  }
}

}  // namespace

QuoteGrid quote_grid(const Portfolio& portfolio, const RunOptions& options) {
  check_ascending(options.specific_usd, "specific deductibles");
  check_ascending(options.corridor, "corridors");
  return {options.specific_usd.empty() ? portfolio.quote_specific_usd : options.specific_usd,
          options.corridor.empty() ? portfolio.quote_corridor : options.corridor};
}

}  // namespace corridor
