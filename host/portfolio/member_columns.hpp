// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/portfolio/raw_book.hpp"

namespace corridor {

/// Columns of /members, one value a member, wherever they lie: checks see them piece by piece.
class MemberColumns {
 public:
  /// Gets the row of the book that a piece begins with, and the piece.
  using Take = std::function<void(std::uint64_t first_row, const Column& piece)>;

  virtual ~MemberColumns() = default;

  virtual std::vector<std::string> names() const = 0;

  /// Hands out all rows of a column in ascending order; nothing where there is no such column.
  virtual void each_piece(const std::string& name, const Take& take) const = 0;

  bool has(const std::string& name) const;
};

/// Columns in memory, each one piece. Keeps the reference.
class HeldMembers : public MemberColumns {
 public:
  explicit HeldMembers(const Table& members) : members_(members) {}

  std::vector<std::string> names() const override;
  void each_piece(const std::string& name, const Take& take) const override;

 private:
  const Table& members_;
};

/// Columns where a reader left them, in pieces of what the exchange gives at once. Keeps
/// references.
class StoredMembers : public MemberColumns {
 public:
  /// Expects `columns` of one length.
  StoredMembers(const Exchange& exchange, std::span<const RawColumn> columns)
      : exchange_(exchange), columns_(columns) {}

  std::vector<std::string> names() const override;
  void each_piece(const std::string& name, const Take& take) const override;

  /// Rows [first, first + count) of all columns. Expects them to be there.
  Table rows(std::uint64_t first, std::uint64_t count) const;

 private:
  Column rows_of(const RawColumn& column, std::uint64_t first, std::uint64_t count,
                 std::vector<std::byte>& buffer) const;

  const Exchange& exchange_;
  std::span<const RawColumn> columns_;
};

}  // namespace corridor
