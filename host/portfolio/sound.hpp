// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/portfolio.hpp"
#include "host/portfolio/schema.hpp"

namespace corridor {

/// Value of a row of `path`'s table, or `neutral` where the table lacks the column or the value is
/// outside the column's range: what is wrong with it alone is said already, and comparing it with
/// others would say it twice.
inline double sound_number(const Table& table, const std::string& path, const std::string& column,
                           std::size_t row, double neutral, std::size_t position = 0) {
  const double value = table.number(column, row, neutral, position);
  const ColumnRule* rule = find_column(path + "/" + column);
  return rule == nullptr || rule->range.holds(value) ? value : neutral;
}

/// The same of a group.
inline double sound_term(const Portfolio& book, const std::string& column, std::size_t row,
                         double neutral, std::size_t position = 0) {
  return sound_number(book.groups, "/groups", column, row, neutral, position);
}

}  // namespace corridor
