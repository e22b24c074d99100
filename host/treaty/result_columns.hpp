// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "corridor/result_file.hpp"

namespace corridor {

/// Fills a table of results column by column.
class ResultColumns {
 public:
  ResultColumns(std::string name, std::string description, std::size_t rows) {
    table_.name = std::move(name);
    table_.description = std::move(description);
    table_.rows = rows;
  }

  /// `value`  of a row: std::string, double or std::uint64_t
  template <class Value>
  void add(std::string name, std::string units, std::string description, Value value) {
    using T = decltype(value(std::size_t{0}));
    std::vector<T> values;
    for (std::size_t row = 0; row < table_.rows; ++row) values.push_back(value(row));
    table_.columns.push_back(
        {std::move(name), std::move(units), std::move(description), std::move(values)});
  }

  ResultTable take() { return std::move(table_); }

 private:
  ResultTable table_;
};

}  // namespace corridor
