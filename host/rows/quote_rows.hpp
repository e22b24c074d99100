// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "corridor/quotes.hpp"
#include "host/scratch_file.hpp"

namespace corridor {

/// Rows of results in a scratch file: added in parts, read in any pieces. What stays in memory are
/// the columns' names and 16 bytes a part.
///
/// A part lies column by column: numbers as they lie in memory; of a text column the ends of its
/// values, eight bytes each, then their bytes. Where its columns begin stands behind them.
class QuoteRows {
 public:
  /// Expects the columns that every part will have; of values only the type counts.
  explicit QuoteRows(std::span<const QuoteColumn> columns);

  /// The next rows. Expects the columns' names and types, all of one length.
  ///
  /// throws  Error{internal} for other columns; Error{io} naming the scratch file's folder
  void add(std::span<const QuoteColumn> part);

  std::size_t rows() const { return rows_; }
  /// The columns without values.
  const std::vector<QuoteColumn>& columns() const { return columns_; }
  /// Bytes of the longest value of a text column.
  std::size_t longest_text(std::size_t column) const { return longest_.at(column); }

  /// Rows [first, first + count) of all columns. Expects them to be there.
  ///
  /// throws  Error{io} when the scratch file cannot be read
  std::vector<QuoteColumn> read(std::size_t first, std::size_t count) const;
  /// The same of one column.
  QuoteColumn read_column(std::size_t column, std::size_t first, std::size_t count) const;

  /// Another value of a text column from now on, for the few that are known late. It stays in
  /// memory.
  void replace(std::size_t column, std::size_t row, std::string text);

 private:
  struct Part {
    std::size_t first_row = 0;
    std::uint64_t starts_at = 0;  ///< where the file says at which bytes the columns begin
  };

  /// Some rows of one part, and where they go.
  struct Piece {
    std::uint64_t column_at = 0;
    std::size_t part_rows = 0, skipped = 0, count = 0;
  };

  Piece piece(std::size_t part, std::size_t column, std::size_t first, std::size_t last) const;
  std::size_t part_of(std::size_t row) const;
  std::size_t last_row_of(std::size_t part) const;
  void write(std::size_t column, const QuoteColumn& values);
  template <class Number>
  void read_piece(const Piece& piece, std::vector<Number>& values) const;
  void read_piece(const Piece& piece, std::vector<std::string>& values) const;

  std::vector<QuoteColumn> columns_;
  std::vector<std::size_t> longest_;
  std::vector<Part> parts_;
  std::size_t rows_ = 0;
  std::map<std::pair<std::size_t, std::size_t>, std::string> replaced_;  ///< [column, row]
  ScratchFile file_{"rows of results"};
};

}  // namespace corridor
