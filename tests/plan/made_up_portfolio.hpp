// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/claim_tables.hpp"

namespace corridor::made_up {

/// A portfolio in memory: groups of the given sizes, every member on law 0 with scale 1.
inline Portfolio portfolio(const std::vector<std::uint64_t>& sizes) {
  Portfolio book;
  book.path = "made-up.h5";
  book.member_offset = {0};
  std::vector<std::string> ids;
  for (const std::uint64_t size : sizes) {
    ids.push_back("G" + std::to_string(ids.size()));
    book.member_offset.push_back(book.member_offset.back() + size);
  }
  book.groups.rows = sizes.size();
  book.groups.columns.push_back({"group_id", 1, ids});
  book.members.rows = book.member_offset.back();
  book.members.columns.push_back(
      {"distribution", 1, std::vector<std::uint16_t>(book.members.rows, 0)});
  book.members.columns.push_back({"scale", 1, std::vector<double>(book.members.rows, 1.0)});
  return book;
}

inline void add_group_column(Portfolio& book, const std::string& name, std::vector<double> values,
                             std::size_t width = 1) {
  book.groups.columns.push_back({name, width, std::move(values)});
}

inline void add_member_column(Portfolio& book, const std::string& name,
                              std::vector<double> values) {
  book.members.columns.push_back({name, 1, std::move(values)});
}

/// Laws that give everybody the same claims, one a cap; then an effect table of ones per effect law.
inline ClaimTables tables(const std::vector<double>& maximum_usd, std::size_t effects,
                          float claim_usd = 1000) {
  ClaimTables result;
  result.maximum_usd = maximum_usd;
  result.first_effect = static_cast<std::uint32_t>(maximum_usd.size());
  for (std::size_t table = 0; table < maximum_usd.size() + effects; ++table) {
    const float value = table < maximum_usd.size() ? claim_usd : 1.0f;
    result.buckets.insert(result.buckets.end(), sloped_bucket_count, Bucket{value, 0});
    result.buckets.push_back({0, 0});
    if (table < maximum_usd.size()) {
      result.table_of[static_cast<std::uint16_t>(table)] = static_cast<std::uint32_t>(table);
    }
  }
  return result;
}

}  // namespace corridor::made_up
