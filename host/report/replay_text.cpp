// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "corridor/replay.hpp"
#include "host/report/number_text.hpp"
#include "host/report/printable.hpp"
#include "host/report/table_view.hpp"
#include "host/report/text_table.hpp"

namespace corridor {
namespace {

/// Lines of persons, and of groups, that a screen has room for.
constexpr std::size_t rows_shown = 40;

/// A row of a table by the names of its columns.
class Row {
 public:
  Row(const ResultTable& table, std::size_t row) : table_(&table), row_(row) {}

  double number(std::string_view name) const { return table_.number(name, row_); }
  std::string text(std::string_view name) const { return printable(table_.text(name, row_)); }
  std::string money(std::string_view name) const { return money_text(number(name), 2); }
  std::string whole(std::string_view name) const { return money_text(number(name)); }
  bool any(std::string_view name) const { return number(name) != 0; }

 private:
  TableView table_;
  std::size_t row_;
};

std::string setting(const ResultFile& replay, std::string_view name) {
  for (const NamedValue& value : replay.run.settings) {
    if (value.name == name) return value.value;
  }
  return {};
}

std::string of_run(const ResultFile& replay) {
  return "year " + count_text(std::stoull(setting(replay, "year"))) + " of " +
         count_text(replay.run.years) + " (0 to " + count_text(replay.run.years - 1) + "), seed " +
         std::to_string(replay.run.seed) + "; USD\n";
}

std::string factor_text(double factor) { return money_text(factor, 4); }

std::string effects_text(const ResultTable& effects) {
  TextTable text;
  text.note("The year's effects");
  text.add({"  ", "claims' size", "how often", ""});
  for (std::size_t r = 0; r < effects.rows; ++r) {
    const Row row(effects, r);
    const double back = row.number("years_before");
    const std::string when =
        back == 0 ? "" : back == 1 ? "the year before" : money_text(back) + " years before";
    text.add({"  " + row.text("source"), factor_text(row.number("severity_factor")),
              factor_text(row.number("frequency_factor")), when});
  }
  return text.text();
}

std::string person_of(const Row& row) {
  if (row.text("flags") != "REST") return "  " + money_text(row.number("member_row"));
  return "  all others: " + row.whole("persons");
}

std::string members_text(const ResultTable& members, const std::string& floor) {
  TextTable text;
  text.note("Claims above " + floor + " or above the person's own deductible, by row of /members");
  text.add(
      {"  row", "claims", "run-in", "deductible", "excess", "covered", "countable", "  terms"});
  const std::size_t persons = members.rows - 1;
  for (std::size_t r = 0; r < members.rows; ++r) {
    if (r == std::min(persons, rows_shown) && r < persons) {
      text.note("  [" + count_text(persons - r) + " persons more]");
      r = persons;
    }
    const Row row(members, r);
    const std::string flags = row.text("flags") == "REST" ? "" : row.text("flags");
    const double deductible = row.number("deductible_usd");
    text.add({person_of(row), row.money("claim_usd"), row.money("run_in_usd"),
              std::isnan(deductible) ? "" : money_text(deductible), row.money("excess_usd"),
              row.money("covered_usd"), row.money("countable_usd"), "  " + flags});
  }
  return text.text();
}

/// An account: what adds and what it adds up to, with where each amount comes from.
class Account {
 public:
  explicit Account(const Row& row) : row_(row) {}

  void title(const std::string& text) { text_.note(text); }
  void always(char sign, const std::string& label, const char* name, const std::string& from = "") {
    text_.add({std::string("  ") + sign + ' ' + label, row_.money(name), "  " + from});
  }
  /// Nothing where the amount is 0.
  void where_any(char sign, const std::string& label, const char* name,
                 const std::string& from = "") {
    if (row_.any(name)) always(sign, label, name, from);
  }
  std::string text() const { return text_.text(); }

 private:
  const Row& row_;
  TextTable text_;
};

std::string up_to(double limit_usd) {
  return std::isinf(limit_usd) ? "" : ", at most " + money_text(limit_usd);
}

void add_specific(const Row& row, Account& account) {
  account.title("Specific, deductible " + money_text(row.number("specific_deductible_usd")));
  account.always('+', "excess over the deductible", "excess_usd", "person by person");
  account.where_any('-', "below lasers", "laser_band_usd", "between the deductible and a laser");
  account.where_any('+', "families", "family_usd", "what families keep above their deductible");
  account.where_any('-', "above the specific limit", "over_limit_usd",
                    "limit " + money_text(row.number("specific_limit_usd")) + " a person");
  account.always('=', "covered", "covered_usd");
  account.always('=', "the specific's share", "specific_before_asd_usd",
                 "share " + shortest_text(row.number("specific_reimbursement")));
  account.where_any('-', "aggregating specific", "asd_absorbed_usd",
                    "retention " + money_text(row.number("aggregating_specific_usd")));
  account.always('=', "paid by the specific", "specific_usd");
}

void add_aggregate(const Row& row, Account& account) {
  const double attachment = row.number("aggregate_attachment_usd");
  if (std::isnan(attachment)) return account.title("No aggregate");
  account.title("Aggregate, attachment " + money_text(attachment, 2));
  account.always('+', "claims up to the deductible", "below_deductible_usd",
                 "person by person, on the aggregate's basis");
  account.where_any('-', "families", "family_credit_usd", "covered by the specific");
  account.where_any('-', "run-in above the limit", "run_in_cut_usd", "the group's run-in limit");
  account.where_any('+', "also counted", "also_counted_usd", "by the book's aggregate_counts");
  account.always('=', "counted", "counted_usd");
  account.always('=', "paid by the aggregate", "aggregate_usd",
                 shortest_text(row.number("aggregate_reimbursement")) +
                     " of counted above the attachment" + up_to(row.number("aggregate_limit_usd")));
}

std::string covers_text(const Row& row) {
  Account account(row);
  add_specific(row, account);
  add_aggregate(row, account);
  account.title("Who pays");
  account.always('+', "claims", "ground_up_usd", "of everybody, eligible on the specific's basis");
  account.always('-', "carrier", "carrier_usd", "specific and aggregate");
  account.always('=', "employer", "employer_usd");
  return account.text();
}

std::string group_text(const ResultFile& replay, const ResultTable& group) {
  const Row row(group, 0);
  std::string text = "Group " + row.text("group_id") + ", " + row.whole("members") +
                     " members: " + of_run(replay);
  if (const ResultTable* effects = replay.find("effects")) text += "\n" + effects_text(*effects);
  if (const ResultTable* members = replay.find("members")) {
    const double floor = static_cast<double>(std::stoll(setting(replay, "floor_cents"))) / 100;
    text += "\n" + members_text(*members, money_text(floor, floor == std::floor(floor) ? 0 : 2));
  }
  return text + "\n" + covers_text(row);
}

/// Rows of the groups that the carrier pays most for.
std::vector<std::size_t> largest(const ResultTable& groups) {
  std::vector<std::size_t> rows(groups.rows);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return Row(groups, a).number("carrier_usd") > Row(groups, b).number("carrier_usd");
  });
  rows.resize(std::min(rows.size(), rows_shown));
  return rows;
}

void add_amounts(const Row& row, std::vector<std::string> cells, TextTable& text) {
  for (const char* name :
       {"ground_up_usd", "specific_usd", "aggregate_usd", "carrier_usd", "employer_usd"}) {
    cells.push_back(row.money(name));
  }
  cells.emplace_back();  // the last column leans left
  text.add(std::move(cells));
}

std::string book_text(const ResultFile& replay, const ResultTable& groups) {
  TextTable text;
  text.add({"group", "members", "claims' size", "how often", "claims", "specific", "aggregate",
            "carrier", "employer", ""});
  for (const std::size_t r : largest(groups)) {
    const Row row(groups, r);
    add_amounts(row,
                {row.text("group_id"), row.whole("members"),
                 factor_text(row.number("severity_factor")),
                 factor_text(row.number("frequency_factor"))},
                text);
  }
  if (groups.rows > rows_shown) {
    text.note("[" + count_text(groups.rows - rows_shown) + " groups more]");
  }
  const Row totals(replay.table("totals"), 0);
  add_amounts(totals, {"all groups", totals.whole("members"), "", ""}, text);
  return "Book of " + totals.whole("groups") + " groups: " + of_run(replay) +
         "Groups by what the carrier pays, largest first.\n\n" + text.text();
}

}  // namespace

std::string replay_text(const ResultFile& replay) {
  if (const ResultTable* group = replay.find("group")) return group_text(replay, *group);
  return book_text(replay, replay.table("groups"));
}

}  // namespace corridor
