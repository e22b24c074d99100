// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <type_traits>

#include "corridor/portfolio.hpp"

namespace corridor {

const Column* Table::find(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

double Table::number(std::string_view name, std::size_t row, double neutral,
                     std::size_t position) const {
  const Column* column = find(name);
  if (column == nullptr) return neutral;
  return std::visit(
      [&](const auto& values) -> double {
        using T = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_same_v<T, std::string>) {
          return neutral;
        } else {
          return static_cast<double>(values[row * column->width + position]);
        }
      },
      column->values);
}

std::string Table::text(std::string_view name, std::size_t row) const {
  const Column* column = find(name);
  if (column == nullptr) return "";
  const auto* texts = std::get_if<std::vector<std::string>>(&column->values);
  return texts == nullptr ? "" : (*texts)[row];
}

double Portfolio::market_value(std::string_view name, double neutral) const {
  const auto found = market.find(std::string(name));
  return found == market.end() ? neutral : found->second;
}

}  // namespace corridor
