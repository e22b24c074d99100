// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/result_text.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <span>

#include "host/report/gate_line.hpp"
#include "host/report/number_text.hpp"
#include "host/report/printable.hpp"
#include "host/report/table_view.hpp"
#include "host/report/text_table.hpp"

namespace corridor {
namespace {

constexpr std::size_t most_contributions = 10;

enum class Form { name, usd, fraction, decimal, plain };

/// One column of a block: heading, the table's column, how it is written, and the column of its
/// standard error, which stands behind it in parentheses.
struct Shown {
  const char* heading;
  const char* column;
  Form form;
  const char* error = nullptr;
};

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return printable(std::move(name));
}

std::string usd_text(double usd, double se_usd) {
  return money_text(usd) + (se_usd >= 0.5 ? " (" + money_text(se_usd) + ")" : "");
}

std::string cell(const TableView& table, const Shown& shown, std::size_t row) {
  const auto number = [&] { return table.number(shown.column, row); };
  switch (shown.form) {
    case Form::name:
      return spaced(table.text(shown.column, row));
    case Form::usd:
      return usd_text(number(), shown.error == nullptr ? 0 : table.number(shown.error, row));
    case Form::fraction:
      return percent_text(number());
    case Form::decimal:
      return money_text(number(), 2);
    case Form::plain:
      return printable(table.text(shown.column, row));
  }
  return "";
}

std::vector<std::size_t> all_rows(const TableView& table) {
  std::vector<std::size_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

/// A title, a line of headings and the rows; "" without rows. An empty last cell leaves the last
/// column of numbers leaning right.
std::string block(const std::string& title, const TableView& table, std::span<const Shown> columns,
                  std::span<const std::size_t> rows) {
  if (rows.empty()) return "";
  TextTable text;
  std::vector<std::string> cells;
  for (const Shown& shown : columns) {
    if (table.has(shown.column)) cells.push_back(shown.heading);
  }
  if (cells.empty()) return "";
  cells.push_back("");
  text.add(cells);
  for (const std::size_t row : rows) {
    cells.clear();
    for (const Shown& shown : columns) {
      if (table.has(shown.column)) cells.push_back(cell(table, shown, row));
    }
    cells.push_back("");
    text.add(cells);
  }
  return "\n" + title + "\n" + text.text();
}

std::string setting(const RunFacts& run, std::string_view name) {
  for (const NamedValue& value : run.settings) {
    if (value.name == name) return value.value;
  }
  return "";
}

/// "48 groups, 12,669 members, 100,000 years, seed 1; USD a policy year"
std::string heading(const RunFacts& run) {
  std::string text;
  for (const char* counted : {"group", "member"}) {
    const std::string found = setting(run, std::string(counted) + "s");
    const unsigned long long count = std::strtoull(found.c_str(), nullptr, 10);
    if (!found.empty()) text += count_text(count) + " " + counted + (count == 1 ? ", " : "s, ");
  }
  return text + count_text(run.years) + " years, seed " + std::to_string(run.seed) +
         "; USD a policy year\n";
}

std::string metrics_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "metric", Form::name},
                               {"mean", "mean_usd", Form::usd, "se_usd"},
                               {"sd", "sd_usd", Form::usd},
                               {"exact mean", "exact_usd", Form::usd},
                               {"z", "z", Form::decimal},
                               {"chance", "probability", Form::fraction}};
  const TableView table(results.find("metrics"));
  return block("A year of the book, standard errors in parentheses", table, columns,
               all_rows(table));
}

std::string risk_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "metric", Form::name},
                               {"level", "level", Form::plain},
                               {"VaR", "var_usd", Form::usd, "var_se_usd"},
                               {"TVaR", "tvar_usd", Form::usd, "tvar_se_usd"},
                               {"economic capital", "economic_capital_usd", Form::usd}};
  const TableView table(results.find("risk"));
  return block("Bad years", table, columns, all_rows(table));
}

/// Return periods down, metrics across.
std::string exceedance_block(const ResultFile& results) {
  const TableView table(results.find("exceedance"));
  if (table.rows() == 0) return "";
  std::vector<std::string> metrics;
  std::set<double> periods;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string metric = table.text("metric", row);
    if (std::find(metrics.begin(), metrics.end(), metric) == metrics.end()) {
      metrics.push_back(metric);
    }
    periods.insert(table.number("return_period_years", row));
  }
  TextTable text;
  std::vector<std::string> cells{"one year in"};
  for (const std::string& metric : metrics) cells.push_back(spaced(metric));
  cells.push_back("");
  text.add(cells);
  for (const double period : periods) {
    cells = {money_text(period, period == std::floor(period) ? 0 : 1)};
    cells.resize(metrics.size() + 2);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (table.number("return_period_years", row) != period) continue;
      const auto metric = std::find(metrics.begin(), metrics.end(), table.text("metric", row));
      cells[1 + static_cast<std::size_t>(metric - metrics.begin())] =
          usd_text(table.number("loss_usd", row), table.number("se_usd", row));
    }
    text.add(cells);
  }
  return "\nA year at least as bad as\n" + text.text();
}

/// Rows of the largest parts of the tail, largest first, of the first metric and level alone.
std::vector<std::size_t> largest_contributions(const TableView& table, const std::string& by) {
  std::vector<std::size_t> rows;
  for (const std::size_t row : all_rows(table)) {
    const bool same = table.text("metric", row) == table.text("metric", 0) &&
                      table.text("level", row) == table.text("level", 0);
    if (same && table.text("by", row) == by) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return table.number("tvar_usd", a) > table.number("tvar_usd", b);
  });
  if (rows.size() > most_contributions) rows.resize(most_contributions);
  return rows;
}

std::string contributions_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "key", Form::plain},
                               {"mean", "mean_usd", Form::usd},
                               {"of the TVaR", "tvar_usd", Form::usd, "tvar_se_usd"},
                               {"share", "share", Form::fraction}};
  const TableView table(results.find("contributions"));
  if (table.rows() == 0) return "";
  const std::vector<std::size_t> rows = largest_contributions(table, table.text("by", 0));
  return block("Who makes the TVaR of " + spaced(table.text("metric", 0)) + " at " +
                   table.text("level", 0) + ", largest by " + spaced(table.text("by", 0)),
               table, columns, rows);
}

}  // namespace

std::string result_text(const ResultFile& results) {
  return heading(results.run) + metrics_block(results) + risk_block(results) +
         exceedance_block(results) + contributions_block(results) + "\n" + gate_line(results.gate);
}

}  // namespace corridor
