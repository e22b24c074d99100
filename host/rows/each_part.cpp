// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "corridor/quotes.hpp"
#include "host/rows/quote_rows.hpp"

namespace corridor {

void each_part(const Quotes& quotes, const PartVisitor& visit) {
  constexpr std::size_t rows_a_part = 1024;
  if (quotes.rows == 0) return;
  if (!quotes.stored) return visit(0, quotes.columns);
  for (std::size_t first = 0; first < quotes.rows; first += rows_a_part) {
    visit(first, quotes.stored->read(first, std::min(rows_a_part, quotes.rows - first)));
  }
}

}  // namespace corridor
