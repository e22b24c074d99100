// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/read_treaties.hpp"

#include <algorithm>

namespace corridor {
namespace {

template <class T>
T whole(const Table& table, const char* column, std::size_t row, std::size_t neutral) {
  return static_cast<T>(table.number(column, row, static_cast<double>(neutral)));
}

void read_amounts(const Table& table, Treaty& treaty) {
  const auto read = [&](const char* column, double& value) {
    value = table.number(column, treaty.row, value);
  };
  read("share", treaty.share);
  read("attachment_usd", treaty.attachment_usd);
  read("limit_usd", treaty.limit_usd);
  read("attachment_ratio", treaty.attachment_ratio);
  read("limit_ratio", treaty.limit_ratio);
  read("corridor_from_ratio", treaty.corridor_from_ratio);
  read("corridor_to_ratio", treaty.corridor_to_ratio);
  read("annual_deductible_usd", treaty.annual_deductible_usd);
  read("annual_limit_usd", treaty.annual_limit_usd);
  read("commission", treaty.commission);
  read("premium_usd", treaty.premium_usd);
}

Treaty read_treaty(const Table& table, std::size_t row) {
  Treaty treaty;
  treaty.row = row;
  treaty.kind = whole<TreatyKind>(table, "kind", row, 0);
  treaty.order = whole<std::uint8_t>(table, "order", row, row);
  treaty.captive = whole<std::uint16_t>(table, "captive", row, 0);
  read_amounts(table, treaty);
  treaty.name = table.text("name", row);
  if (treaty.name.empty()) treaty.name = std::to_string(row + 1) + " " + kind_name(treaty.kind);
  return treaty;
}

}  // namespace

Programme read_treaties(const Table& table) {
  Programme programme;
  for (std::size_t row = 0; row < table.rows; ++row) {
    programme.treaties.push_back(read_treaty(table, row));
  }
  std::stable_sort(programme.treaties.begin(), programme.treaties.end(),
                   [](const Treaty& a, const Treaty& b) { return a.order < b.order; });
  return programme;
}

std::string kind_name(TreatyKind kind) {
  switch (kind) {
    case TreatyKind::quota_share:
      return "quota share";
    case TreatyKind::person_excess:
      return "person excess";
    case TreatyKind::book_aggregate:
      return "book aggregate";
    case TreatyKind::captive:
      return "captive";
  }
  return "";
}

}  // namespace corridor
