// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/select_groups.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <sstream>
#include <vector>

#include "corridor/error.hpp"
#include "host/nearest.hpp"

namespace corridor {
namespace {

using Rows = std::vector<std::size_t>;

bool has_group(const Portfolio& portfolio, const std::string& id) {
  for (std::size_t g = 0; g < portfolio.group_count(); ++g) {
    if (portfolio.groups.text("group_id", g) == id) return true;
  }
  return false;
}

/// Without blanks at either end.
std::string without_blanks(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// A column without its values, to be copied row by row.
Column selected(const Column& column, const Rows& rows) {
  Column result{column.name, column.width, {}};
  std::visit(
      [&](const auto& values) {
        std::decay_t<decltype(values)> kept;
        kept.reserve(rows.size() * column.width);
        for (const std::size_t row : rows) {
          const auto first = values.begin() + static_cast<std::ptrdiff_t>(row * column.width);
          std::copy_n(first, column.width, std::back_inserter(kept));
        }
        result.values = std::move(kept);
      },
      column.values);
  return result;
}

Table selected(const Table& table, const Rows& rows) {
  Table result;
  result.rows = rows.size();
  for (const Column& column : table.columns) result.columns.push_back(selected(column, rows));
  return result;
}

/// Group and row of a table's rows that refer to groups from the least to the last of `groups`: a
/// slice of a large book must not cost a look-up of each row.
std::multimap<std::size_t, std::size_t> rows_near(const Table& table,
                                                  std::span<const std::size_t> groups) {
  std::multimap<std::size_t, std::size_t> rows_of;
  const Column* column = table.find("group");
  if (column == nullptr || groups.empty()) return rows_of;
  const auto [least, most] = std::minmax_element(groups.begin(), groups.end());
  const auto& owners = std::get<std::vector<std::uint32_t>>(column->values);
  for (std::size_t row = 0; row < owners.size(); ++row) {
    if (owners[row] >= *least && owners[row] <= *most) rows_of.emplace(owners[row], row);
  }
  return rows_of;
}

/// Rows of a table that refer to the groups kept, with the new numbers of these groups.
Table referring(const Table& table, std::span<const std::size_t> groups) {
  const auto rows_of = rows_near(table, groups);
  Rows rows;
  std::vector<std::uint32_t> owners;
  for (std::size_t position = 0; position < groups.size(); ++position) {
    const auto [first, last] = rows_of.equal_range(groups[position]);
    for (auto found = first; found != last; ++found) {
      rows.push_back(found->second);
      owners.push_back(static_cast<std::uint32_t>(position));
    }
  }
  Table result = selected(table, rows);
  for (Column& column : result.columns) {
    if (column.name == "group") column.values = owners;
  }
  return result;
}

}  // namespace

Portfolio select_groups(const Portfolio& portfolio, std::span<const std::size_t> groups) {
  Portfolio result;
  result.path = portfolio.path;
  result.digest = portfolio.digest;
  result.sealed = portfolio.sealed;
  result.currency = portfolio.currency;
  result.policy_year = portfolio.policy_year;
  result.generator = portfolio.generator;
  result.distributions = portfolio.distributions;
  result.market = portfolio.market;
  result.quote_specific_usd = portfolio.quote_specific_usd;
  result.quote_corridor = portfolio.quote_corridor;
  result.quote_specific_relativity = portfolio.quote_specific_relativity;
  result.quote_factor_relativity = portfolio.quote_factor_relativity;
  result.lag_paid_fraction = portfolio.lag_paid_fraction;
  result.lag_paid_fraction_large = portfolio.lag_paid_fraction_large;
  result.lag_incurral_weight = portfolio.lag_incurral_weight;
  result.treaties = portfolio.treaties;
  result.warnings = portfolio.warnings;

  Rows members;
  result.member_offset = {0};
  for (const std::size_t group : groups) {
    for (auto row = portfolio.member_offset[group]; row < portfolio.member_offset[group + 1];
         ++row) {
      members.push_back(row);
    }
    result.member_offset.push_back(members.size());
  }
  result.groups = selected(portfolio.groups, Rows(groups.begin(), groups.end()));
  result.members = selected(portfolio.members, members);
  result.experience = referring(portfolio.experience, groups);
  result.large_claims = referring(portfolio.large_claims, groups);
  return result;
}

std::size_t group_number(const Portfolio& portfolio, const std::string& group_id) {
  std::vector<std::string> ids;
  for (std::size_t g = 0; g < portfolio.group_count(); ++g) {
    ids.push_back(portfolio.groups.text("group_id", g));
  }
  const auto found = std::find(ids.begin(), ids.end(), group_id);
  if (found == ids.end()) {
    const std::string close = nearest_name(group_id, ids);
    throw Error(ErrorKind::usage, "the book has no group '" + group_id + "'" +
                                      (close.empty() ? ". 'corridor price' lists its groups"
                                                     : ". Did you mean '" + close + "'?"));
  }
  return static_cast<std::size_t>(found - ids.begin());
}

std::vector<std::size_t> group_numbers(const Portfolio& portfolio,
                                       const std::vector<std::string>& texts) {
  std::vector<std::size_t> numbers;
  const auto add = [&](const std::string& id) {
    const std::size_t number = group_number(portfolio, id);
    if (std::find(numbers.begin(), numbers.end(), number) != numbers.end()) {
      throw Error(ErrorKind::usage, "group '" + id + "' is there twice. Give each group once");
    }
    numbers.push_back(number);
  };
  for (const std::string& text : texts) {
    if (has_group(portfolio, text)) {
      add(text);
      continue;
    }
    std::istringstream parts(text);
    for (std::string id; std::getline(parts, id, ',');) add(without_blanks(id));
  }
  return numbers;
}

Portfolio select_group(const Portfolio& portfolio, const std::string& group_id) {
  const std::size_t group[] = {group_number(portfolio, group_id)};
  return select_groups(portfolio, group);
}

}  // namespace corridor
