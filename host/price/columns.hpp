// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "corridor/quotes.hpp"
#include "host/price/quote_row.hpp"

namespace corridor {

/// A level that results show, and where its figures stand in a FigureLoss.
struct ShownLevel {
  std::string suffix;
  std::size_t position = 0;
};

/// Rows as the columns of data/results.md; `target_se` 0: none was asked for.
std::vector<QuoteColumn> quote_columns(std::span<const QuoteRow> rows,
                                       std::span<const ShownLevel> levels,
                                       std::span<const std::string> principles,
                                       double target_se = 0);

}  // namespace corridor
