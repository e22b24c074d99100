// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/schema.hpp"

#include <algorithm>

#include "host/portfolio/column_rules.hpp"

namespace corridor {
namespace {

std::vector<TableRule> all_tables() {
  return {{"/groups", group_columns(), {}, true},
          {"/members", member_columns(), {}, true},
          {"/market", {}, market_attributes(), false},
          {"/lag", lag_columns(), lag_attributes(), false},
          {"/treaties", treaty_columns(), {}, false},
          {"/quote", quote_columns(), {}, false},
          {"/experience", experience_columns(), {}, false},
          {"/large_claims", large_claim_columns(), {}, false}};
}

template <std::size_t N>
bool among(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

const ColumnRule* TableRule::find(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const ColumnRule& rule) { return rule.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

const std::vector<TableRule>& book_schema() {
  static const std::vector<TableRule> tables = all_tables();
  return tables;
}

const TableRule* find_table(std::string_view path) {
  const auto& tables = book_schema();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const TableRule& rule) { return rule.path == path; });
  return found == tables.end() ? nullptr : &*found;
}

const ColumnRule* find_column(std::string_view path) {
  static const ColumnRule law_column{"", {h5::ValueType::f64, 0, {}}, {}, Form::number, "", false};
  if (is_law_path(path)) return &law_column;
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return nullptr;
  const TableRule* table = find_table(path.substr(0, slash));
  return table ? table->find(path.substr(slash + 1)) : nullptr;
}

bool is_law_path(std::string_view path) {
  return path.size() > laws_path.size() && path.substr(0, laws_path.size()) == laws_path &&
         path[laws_path.size()] == '/';
}

bool is_member_path(std::string_view path) { return path.starts_with("/members/"); }

bool is_root_attribute(std::string_view name) {
  constexpr std::string_view names[] = {"schema", "schema_version", "currency", "policy_year",
                                        "generator"};
  return among(names, name);
}

bool is_remark(std::string_view name) {
  constexpr std::string_view names[] = {"description", "note", "source", "title", "units"};
  return among(names, name);
}

}  // namespace corridor
