// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/check_values.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

#include "host/portfolio/group_names.hpp"
#include "host/portfolio/text_form.hpp"

namespace corridor {
namespace {

std::string range_text(const Range& range) {
  std::string text = std::string("a number ") + (range.above_least ? "above " : "from ") +
                     number_text(range.least) + (range.above_least ? ", at most " : " to ") +
                     number_text(range.most);
  if (range.infinite) text += ", or inf";
  if (range.neutral && std::isnan(*range.neutral)) text += ", or NaN";
  return text;
}

/// Where one column stands and how its rows are called.
struct ColumnPlace {
  std::string dataset;
  std::size_t width;
  enum class Of { groups, members, other } of;
  const GroupNames& names;
  std::uint64_t first_row = 0;  ///< of a piece of the column

  Place at(std::uint64_t index) const {
    const std::uint64_t row = first_row + index / width;
    std::string group;
    if (of == Of::groups) group = names.of_group(row);
    if (of == Of::members) group = names.of_member(row);
    return {dataset, row, group};
  }
  std::string position(std::uint64_t index) const {
    return width == 1 ? "" : "value " + std::to_string(index % width) + " of the row: ";
  }
};

template <class T>
bool covers_type(const Range& range) {
  if constexpr (std::is_integral_v<T>) {
    return range.least <= 0 && !range.above_least &&
           range.most >= static_cast<double>(std::numeric_limits<T>::max());
  }
  return false;
}

/// One pass without branches on the content, so that a good column costs a scan.
template <class T>
std::uint64_t count_outside(const std::vector<T>& values, const Range& range) {
  std::uint64_t count = 0;
  for (const T value : values) count += range.holds(static_cast<double>(value)) ? 0 : 1;
  return count;
}

template <class T>
void check_numbers(const std::vector<T>& values, const ColumnRule& rule, const ColumnPlace& place,
                   Findings& findings) {
  if (covers_type<T>(rule.range)) return;
  std::uint64_t left = count_outside(values, rule.range);
  for (std::uint64_t i = 0; left > 0 && findings.lists(place.dataset); ++i) {
    const auto value = static_cast<double>(values[i]);
    if (rule.range.holds(value)) continue;
    Problem problem = range_problem(value, rule.range, rule.description);
    const Place where = place.at(i);
    problem.dataset = where.dataset;
    problem.row = where.row;
    problem.group = where.group;
    problem.message = place.position(i) + problem.message;
    findings.add(std::move(problem));
    --left;
  }
  if (left > 0) findings.more(place.dataset, left);
}

/// "Write TX", where nothing but capitals is missing.
std::optional<std::string> in_capitals(std::string text, Form form) {
  for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  if (form != Form::state || !has_form(text, form)) return std::nullopt;
  return "Write " + text;
}

void check_texts(const std::vector<std::string>& values, const ColumnRule& rule,
                 const ColumnPlace& place, Findings& findings) {
  for (std::uint64_t i = 0; i < values.size(); ++i) {
    if (has_form(values[i], rule.form)) continue;
    findings.add("E_FORMAT", place.at(i), printable(values[i]),
                 "'" + printable(values[i]) + "' is not " + form_text(rule.form) + " (" +
                     rule.description + ")",
                 in_capitals(values[i], rule.form).value_or("Give " + form_text(rule.form)));
  }
}

void check_column(const Column& column, const ColumnRule& rule, const ColumnPlace& place,
                  Findings& findings) {
  std::visit(
      [&](const auto& values) {
        using T = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_same_v<T, std::string>) {
          check_texts(values, rule, place, findings);
        } else {
          check_numbers(values, rule, place, findings);
        }
      },
      column.values);
}

struct TableToCheck {
  const char* path;
  const Table& table;
  ColumnPlace::Of of;
};

void check_table(const TableToCheck& checked, const GroupNames& names, Findings& findings) {
  const TableRule* rules = find_table(checked.path);
  for (const Column& column : checked.table.columns) {
    const ColumnRule* rule = rules->find(column.name);
    if (rule == nullptr) continue;
    check_column(column, *rule, {rules->path + "/" + column.name, column.width, checked.of, names},
                 findings);
  }
}

void check_member_columns(const MemberColumns& members, const GroupNames& names,
                          Findings& findings) {
  const TableRule* rules = find_table("/members");
  for (const std::string& name : members.names()) {
    const ColumnRule* rule = rules->find(name);
    if (rule == nullptr) continue;
    const std::string path = rules->path + "/" + name;
    members.each_piece(name, [&](std::uint64_t first_row, const Column& piece) {
      check_column(piece, *rule, {path, piece.width, ColumnPlace::Of::members, names, first_row},
                   findings);
    });
  }
}

void check_list(const std::string& path, const std::vector<double>& values, const GroupNames& names,
                Findings& findings) {
  check_numbers(values, *find_column(path), {path, 1, ColumnPlace::Of::other, names}, findings);
}

void check_market(const Portfolio& book, Findings& findings) {
  for (const TableRule& table : book_schema()) {
    for (const AttributeRule& rule : table.attributes) {
      const auto found = book.market.find(rule.name);
      if (found == book.market.end() || rule.range.holds(found->second)) continue;
      Problem problem = range_problem(found->second, rule.range, rule.description);
      problem.dataset = table.path + "@" + rule.name;
      findings.add(std::move(problem));
    }
  }
}

std::string bad_code(double value, const Range& range) {
  if (!std::isfinite(value)) return "E_NOT_FINITE";
  const bool positive_only = range.least > 0 || (range.least == 0 && range.above_least);
  if (positive_only && value <= 0) return "E_NOT_POSITIVE";
  return range.least == 0 && value < 0 ? "E_NEGATIVE" : "E_RANGE";
}

std::string bad_text(const std::string& code) {
  if (code == "E_NOT_FINITE") return " has no meaning here";
  if (code == "E_NOT_POSITIVE") return " is not above 0";
  return code == "E_NEGATIVE" ? " is below 0" : " is out of range";
}

}  // namespace

Problem range_problem(double value, const Range& range, const std::string& what) {
  Problem problem;
  problem.code = bad_code(value, range);
  problem.value = number_text(value);
  problem.message = problem.value + bad_text(problem.code) + " (" + what + ")";
  problem.fix = "Give " + range_text(range);
  return problem;
}

void check_values(const Portfolio& book, const MemberColumns& members, Findings& findings) {
  const GroupNames names(book);
  check_table({"/groups", book.groups, ColumnPlace::Of::groups}, names, findings);
  check_member_columns(members, names, findings);
  for (const TableToCheck& other :
       {TableToCheck{"/treaties", book.treaties, ColumnPlace::Of::other},
        {"/experience", book.experience, ColumnPlace::Of::other},
        {"/large_claims", book.large_claims, ColumnPlace::Of::other}}) {
    check_table(other, names, findings);
  }
  check_list("/quote/specific_deductible_usd", book.quote_specific_usd, names, findings);
  check_list("/quote/aggregate_corridor", book.quote_corridor, names, findings);
  check_list("/quote/specific_relativity", book.quote_specific_relativity, names, findings);
  check_list("/quote/factor_relativity", book.quote_factor_relativity, names, findings);
  check_list("/lag/paid_fraction", book.lag_paid_fraction, names, findings);
  check_list("/lag/paid_fraction_large", book.lag_paid_fraction_large, names, findings);
  check_list("/lag/incurral_weight", book.lag_incurral_weight, names, findings);
  check_market(book, findings);
}

}  // namespace corridor
