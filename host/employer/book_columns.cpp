// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/book_columns.hpp"

namespace corridor {

void discount_claims(Portfolio& book, double discount) {
  for (double& scale : *doubles_of(book.members, "scale")) scale *= 1 - discount;
}

void drop_column(Table& table, std::string_view name) {
  std::erase_if(table.columns, [&](const Column& column) { return column.name == name; });
}

std::vector<double>* doubles_of(Table& table, std::string_view name) {
  for (Column& column : table.columns) {
    if (column.name == name) return std::get_if<std::vector<double>>(&column.values);
  }
  return nullptr;
}

}  // namespace corridor
