// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/quotes.hpp"
#include "host/rows/quote_rows.hpp"

namespace corridor {

/// Puts rows that come in parts into a Quotes, which it borrows: into its columns, or, where a
/// scratch file is allowed and they are more than one part and rows_in_memory, into that.
class GrowingRows {
 public:
  static constexpr std::size_t rows_in_memory = 8192;

  GrowingRows(Quotes& quotes, bool may_use_file) : quotes_(quotes), may_use_file_(may_use_file) {}

  /// The next rows: columns of one length, the same in every part. `rows_of_all` is how many there
  /// will be, as far as is known.
  ///
  /// throws  Error{io}, Error{cannot_create} of the scratch file
  void add(std::vector<QuoteColumn> part, std::size_t rows_of_all);

  /// A value wherever it lies. Expects the column to exist, of that type.
  std::string text(std::string_view column, std::size_t row) const;
  double number(std::string_view column, std::size_t row) const;
  void replace(std::string_view column, std::size_t row, std::string text);

 private:
  std::size_t position(std::string_view column) const;
  void move_to_file();

  Quotes& quotes_;
  bool may_use_file_;
  std::shared_ptr<QuoteRows> stored_;
};

}  // namespace corridor
