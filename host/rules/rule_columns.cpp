// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rules/rule_columns.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <vector>

#include "host/rules/months.hpp"
#include "host/rules/names.hpp"

namespace corridor {
namespace {

constexpr double not_asked = std::numeric_limits<double>::quiet_NaN();

struct NumberRange {
  double least, most;
  const char* text;  ///< the range in words, and what is often meant
  bool whole = false;
};

constexpr NumberRange employees{1, 1e7, "a whole number from 1 to 10000000", true};
constexpr NumberRange dollars{0.01, 1e12, "dollars from 0.01 to 1000000000000"};
constexpr NumberRange of_expected{0.001, 5, "from 0.001 to 5. For 120 percent write 1.20"};
constexpr NumberRange multiple{1, 1000, "from 1 to 1000"};
constexpr NumberRange share{0.01, 1, "from 0.01 to 1. For 90 percent write 0.9"};
constexpr NumberRange months{1, 254, "a whole number from 1 to 254", true};

// Empty cells leave what empty_rule says.
std::string read_number(const std::string& cell, const NumberRange& range, double& target) {
  if (cell.empty()) return "";
  double value = 0;
  const char* end = cell.data() + cell.size();
  const auto [stopped, error] = std::from_chars(cell.data(), end, value);
  if (error != std::errc{} || stopped != end || !std::isfinite(value)) {
    return "'" + cell + "' is not a number; write it plainly, as 20000 or 1.2";
  }
  if (value < range.least || value > range.most || (range.whole && value != std::floor(value))) {
    return "'" + cell + "' is outside the range of the column, " + range.text;
  }
  target = value;
  return "";
}

RuleColumn number(const char* name, double Rule::*field, NumberRange range) {
  return {name, false, [field, range](const std::string& cell, Rule& rule) {
            return read_number(cell, range, rule.*field);
          }};
}

RuleColumn size(const char* name, std::optional<double> Rule::*field) {
  return {name, false, [field](const std::string& cell, Rule& rule) {
            double value = not_asked;
            const std::string problem = read_number(cell, employees, value);
            if (!std::isnan(value)) rule.*field = value;
            return problem;
          }};
}

template <class Value>
std::string read_word(const std::string& cell, Value& target) {
  if (cell.empty()) return "";
  if (const std::optional<Value> value = value_of<Value>(cell)) {
    target = *value;
    return "";
  }
  std::string known;
  for (const std::string_view word : RuleWords<Value>::words) {
    known += (known.empty() ? "" : ", ") + std::string(word);
  }
  return "'" + cell + "' is not one of " + known;
}

template <class Value>
RuleColumn word(const char* name, Value Rule::*field, bool required = false) {
  return {name, required,
          [field](const std::string& cell, Rule& rule) { return read_word(cell, rule.*field); }};
}

/// A switch between two words, the first of them false.
RuleColumn choice(const char* name, bool Rule::*field, const char* no, const char* yes) {
  return {name, false, [=](const std::string& cell, Rule& rule) -> std::string {
            rule.*field = cell == yes;
            if (cell.empty() || cell == no || cell == yes) return "";
            return "'" + cell + "' is neither " + no + " nor " + yes;
          }};
}

RuleColumn text(const char* name, std::string Rule::*field, bool required = false) {
  return {name, required, [field](const std::string& cell, Rule& rule) {
            rule.*field = cell;
            return std::string();
          }};
}

/// The calendar has it: 2024-02-29 and not 2025-02-29.
bool is_date(const std::string& cell) {
  const std::optional<int> count = month_count(cell.substr(0, 7));
  if (!count || cell.size() == 7) return count.has_value();
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (cell.size() != 10 || cell[7] != '-' || !is_digit(cell[8]) || !is_digit(cell[9])) return false;
  const auto day = static_cast<unsigned>(10 * (cell[8] - '0') + (cell[9] - '0'));
  const std::chrono::year_month_day date{std::chrono::year{*count / 12},
                                         std::chrono::month{static_cast<unsigned>(*count % 12 + 1)},
                                         std::chrono::day{day}};
  return date.ok();
}

RuleColumn date(const char* name, std::string Rule::*field, bool required = false) {
  return {name, required, [field](const std::string& cell, Rule& rule) -> std::string {
            rule.*field = cell;
            if (cell.empty() || is_date(cell)) return "";
            return "'" + cell + "' is not a date of the calendar, as 2026-11 or 2026-11-24";
          }};
}

RuleColumn month(const char* name, std::string Rule::*field) {
  return {name, false, [field](const std::string& cell, Rule& rule) -> std::string {
            rule.*field = cell;
            if (cell.empty() || month_count(cell)) return "";
            return "'" + cell + "' is not a month from 01 to 12 of a year, as 2026-07";
          }};
}

std::vector<RuleColumn> make_columns() {
  return {
      text("state", &Rule::state, true),
      word("applies_to", &Rule::applies_to, true),
      size("size_lo", &Rule::size_lo),
      size("size_hi", &Rule::size_hi),
      word("size_basis", &Rule::size_basis),
      number("specific_usd", &Rule::specific_usd, dollars),
      number("specific_of_expected", &Rule::specific_of_expected, of_expected),
      number("specific_cap_usd", &Rule::specific_cap_usd, dollars),
      number("aggregate_of_expected", &Rule::aggregate_of_expected, of_expected),
      number("aggregate_per_person_usd", &Rule::aggregate_per_person_usd, dollars),
      word("per", &Rule::per),
      number("aggregate_floor_usd", &Rule::aggregate_floor_usd, dollars),
      choice("direction", &Rule::is_maximum, "min", "max"),
      word("expected_basis", &Rule::expected_basis),
      word("laser_rule", &Rule::laser_rule),
      number("laser_multiple", &Rule::laser_multiple, multiple),
      word("required_covers", &Rule::required_covers),
      number("aggregate_share_min", &Rule::aggregate_share_min, share),
      number("run_out_min_months", &Rule::run_out_min_months, months),
      choice("prohibited", &Rule::prohibited, "0", "1"),
      word("effect", &Rule::effect),
      month("effective_from", &Rule::effective_from),
      month("effective_to", &Rule::effective_to),
      word("status", &Rule::status, true),
      text("citation", &Rule::citation, true),
      text("source", &Rule::source, true),
      date("recorded_on", &Rule::recorded_on, true),
      date("verified_on", &Rule::verified_on),
      text("text", &Rule::text, true),
      text("note", &Rule::note),
  };
}

}  // namespace

std::span<const RuleColumn> rule_columns() {
  static const std::vector<RuleColumn> columns = make_columns();
  return columns;
}

Rule empty_rule() {
  Rule rule;
  for (double Rule::*amount :
       {&Rule::specific_usd, &Rule::specific_of_expected, &Rule::specific_cap_usd,
        &Rule::aggregate_of_expected, &Rule::aggregate_per_person_usd, &Rule::aggregate_floor_usd,
        &Rule::laser_multiple, &Rule::aggregate_share_min, &Rule::run_out_min_months}) {
    rule.*amount = not_asked;
  }
  return rule;
}

}  // namespace corridor
