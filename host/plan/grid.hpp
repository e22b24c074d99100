// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "corridor/portfolio.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

/// What is quoted for every group. An empty list leaves that side to each group's bound terms.
struct QuoteGrid {
  std::vector<double> specific_usd;  ///< ascending
  std::vector<double> corridor;      ///< ascending
};

/// The command's lists replace the book's /quote, which replaces the bound terms; each side on its own.
///
/// throws  Error{usage} for a list of the command that is not ascending, positive and finite
QuoteGrid quote_grid(const Portfolio& portfolio, const RunOptions& options);

}  // namespace corridor
