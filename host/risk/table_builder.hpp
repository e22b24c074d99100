// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "corridor/result_file.hpp"

namespace corridor {

/// A table of columns that are functions of a row.
template <class Row>
class TableBuilder {
 public:
  TableBuilder(std::string name, std::string description, std::span<const Row> rows) : rows_(rows) {
    table_.name = std::move(name);
    table_.description = std::move(description);
    table_.rows = rows.size();
  }

  template <class Value>
  void text(const char* name, const char* description, const Value& value) {
    add<std::string>(name, "text", description, value);
  }
  template <class Value>
  void count(const char* name, const char* description, const Value& value) {
    add<std::uint64_t>(name, "count", description, value);
  }
  template <class Value>
  void usd(const char* name, const char* description, const Value& value) {
    add<double>(name, "USD", description, value);
  }
  template <class Value>
  void number(const char* name, const char* units, const char* description, const Value& value) {
    add<double>(name, units, description, value);
  }
  ResultTable take() { return std::move(table_); }

 private:
  template <class Type, class Value>
  void add(const char* name, const char* units, const char* description, const Value& value) {
    std::vector<Type> values;
    values.reserve(rows_.size());
    for (const Row& row : rows_) values.push_back(value(row));
    table_.columns.push_back({name, units, description, std::move(values)});
  }

  std::span<const Row> rows_;
  ResultTable table_;
};

}  // namespace corridor
