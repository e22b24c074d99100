// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "corridor/rules.hpp"
#include "tests/plan/made_up_portfolio.hpp"

namespace corridor::made_up {

inline constexpr double inf = std::numeric_limits<double>::infinity();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Cells = std::map<std::string, std::string>;

/// A rule file of the given rows; what a row leaves out of the required columns is filled in.
inline std::string rule_text(std::vector<Cells> rows) {
  std::map<std::string, bool> columns;
  for (Cells& row : rows) {
    row.insert({{"state", "ZZ"},
                {"applies_to", "all"},
                {"status", "binding"},
                {"citation", "Code 1"},
                {"source", "a page"},
                {"recorded_on", "2026-11"},
                {"text", "A rule."}});
    for (const auto& [column, cell] : row) columns[column] = true;
  }
  std::string text;
  for (const auto& [column, there] : columns) text += (text.empty() ? "" : ",") + column;
  for (Cells& row : rows) {
    text += '\n';
    bool first = true;
    for (const auto& [column, there] : columns) {
      text += (first ? "" : ",") + row[column];
      first = false;
    }
  }
  return text + "\n";
}

inline RuleBook rule_book(const std::vector<Cells>& rows) {
  return parse_rules(rule_text(rows), "made-up rules");
}

/// One group of 100 members in state ZZ, its policies of July 2026, with expected claims of
/// 1,000,000 gross and 800,000 net of any specific; and its options.
struct RuledBook {
  Portfolio portfolio;
  Plan plan;

  RuledBook() : portfolio(made_up::portfolio({100})) {
    set_text("state", "ZZ");
    set_text("effective", "2026-07");
    plan.exact.ground_up_usd = {1'000'000};
    plan.exact.rows.resize(1);
  }

  void set_text(const std::string& column, const std::string& value) {
    erase(portfolio.groups, column);
    portfolio.groups.columns.push_back({column, 1, std::vector<std::string>{value}});
  }
  void set(const std::string& column, double value) {
    erase(portfolio.groups, column);
    portfolio.groups.columns.push_back({column, 1, std::vector<double>{value}});
  }
  /// Enrolled employees, all of the first tier.
  void enrol(double employees) {
    erase(portfolio.groups, "employees");
    portfolio.groups.columns.push_back({"employees", 4, std::vector<double>{employees, 0, 0, 0}});
  }
  void laser(double laser_usd) {
    std::vector<double> lasers(portfolio.members.rows, nan);
    lasers[7] = laser_usd;
    erase(portfolio.members, "laser_usd");
    portfolio.members.columns.push_back({"laser_usd", 1, lasers});
  }
  void add_option(double deductible_usd, double attachment_usd, double retained_usd = 800'000) {
    QuoteKey quote;
    quote.row = static_cast<std::uint32_t>(plan.exact.rows[0].size());
    quote.has_aggregate = !std::isnan(attachment_usd);
    quote.specific_deductible_usd = deductible_usd;
    quote.aggregate_corridor = nan;
    quote.aggregate_attachment_usd = attachment_usd;
    plan.quotes.push_back(quote);
    ExactRow row;
    row.retained_usd = retained_usd;
    plan.exact.rows[0].push_back(row);
  }

  std::vector<RuleFinding> check(const RuleBook& rules) const {
    return check_rules(portfolio, plan, rules);
  }

  /// The one finding of one option under one row.
  RuleFinding only(const Cells& row) const {
    const std::vector<RuleFinding> found = check(rule_book({row}));
    EXPECT_EQ(found.size(), 1u);
    return found.at(0);
  }

 private:
  static void erase(Table& table, const std::string& column) {
    std::erase_if(table.columns, [&](const Column& one) { return one.name == column; });
  }
};

/// A book with one option of this deductible and attachment.
inline RuledBook option(double deductible_usd, double attachment_usd = nan) {
  RuledBook book;
  book.add_option(deductible_usd, attachment_usd);
  return book;
}

}  // namespace corridor::made_up
