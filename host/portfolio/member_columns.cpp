// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/member_columns.hpp"

#include <algorithm>

#include "host/portfolio/copy_column.hpp"

namespace corridor {

bool MemberColumns::has(const std::string& name) const {
  const std::vector<std::string> all = names();
  return std::find(all.begin(), all.end(), name) != all.end();
}

std::vector<std::string> HeldMembers::names() const {
  std::vector<std::string> names;
  for (const Column& column : members_.columns) names.push_back(column.name);
  return names;
}

void HeldMembers::each_piece(const std::string& name, const Take& take) const {
  if (const Column* column = members_.find(name)) take(0, *column);
}

std::vector<std::string> StoredMembers::names() const {
  std::vector<std::string> names;
  for (const RawColumn& column : columns_) names.push_back(name_in(column));
  return names;
}

void StoredMembers::each_piece(const std::string& name, const Take& take) const {
  std::vector<std::byte> buffer;
  for (const RawColumn& column : columns_) {
    if (name_in(column) != name) continue;
    const std::uint64_t most = exchange_.piece_bytes() / h5::row_bytes(column.expected);
    for (std::uint64_t first = 0; first < column.rows;) {
      const std::uint64_t count = std::min(most, column.rows - first);
      take(first, rows_of(column, first, count, buffer));
      first += count;
    }
  }
}

Table StoredMembers::rows(std::uint64_t first, std::uint64_t count) const {
  Table table;
  table.rows = count;
  std::vector<std::byte> buffer;
  for (const RawColumn& column : columns_) {
    table.columns.push_back(rows_of(column, first, count, buffer));
  }
  return table;
}

Column StoredMembers::rows_of(const RawColumn& column, std::uint64_t first, std::uint64_t count,
                              std::vector<std::byte>& buffer) const {
  const std::uint64_t row_bytes = h5::row_bytes(column.expected);
  return copy_column(name_in(column), column.expected,
                     exchange_.bytes(column.offset + first * row_bytes, count * row_bytes, buffer));
}

}  // namespace corridor
