// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/quotes.hpp"

namespace corridor {

const QuoteColumn* Quotes::find(std::string_view name) const {
  for (const QuoteColumn& column : columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

double Quotes::number(std::string_view name, std::size_t row) const {
  const auto& values = find(name)->values;
  if (const auto* counts = std::get_if<std::vector<std::uint64_t>>(&values)) {
    return static_cast<double>(counts->at(row));
  }
  return std::get<std::vector<double>>(values).at(row);
}

const std::string& Quotes::text(std::string_view name, std::size_t row) const {
  return std::get<std::vector<std::string>>(find(name)->values).at(row);
}

}  // namespace corridor
