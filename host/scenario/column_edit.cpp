// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/column_edit.hpp"

#include <algorithm>

namespace corridor {
namespace {

Column* find_column(Table& table, std::string_view name) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == table.columns.end() ? nullptr : &*found;
}

}  // namespace

std::vector<double>* find_f64(Table& table, std::string_view name) {
  Column* column = find_column(table, name);
  return column == nullptr ? nullptr : &std::get<std::vector<double>>(column->values);
}

std::vector<double>& f64_column(Table& table, std::string_view name, double neutral) {
  if (std::vector<double>* found = find_f64(table, name)) return *found;
  table.columns.push_back({std::string(name), 1, std::vector<double>(table.rows, neutral)});
  return std::get<std::vector<double>>(table.columns.back().values);
}

std::vector<std::uint16_t>& u16_column(Table& table, std::string_view name) {
  return std::get<std::vector<std::uint16_t>>(find_column(table, name)->values);
}

void remove_column(Table& table, std::string_view name) {
  std::erase_if(table.columns, [&](const Column& column) { return column.name == name; });
}

}  // namespace corridor
