// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "corridor/result_file.hpp"

namespace corridor {

/// A table read by the names of its columns. One that is not there has no rows; a column that is not
/// there reads as NaN and "".
class TableView {
 public:
  explicit TableView(const ResultTable* table) : table_(table) {}

  std::size_t rows() const { return table_ == nullptr ? 0 : table_->rows; }
  bool has(std::string_view column) const { return find(column) != nullptr; }
  double number(std::string_view column, std::size_t row) const;
  /// Numbers as the shortest text that reads back as the same; NaN is "".
  std::string text(std::string_view column, std::size_t row) const;

 private:
  const QuoteColumn* find(std::string_view column) const;

  const ResultTable* table_;
};

}  // namespace corridor
