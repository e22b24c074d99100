// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/result_block.hpp"

#include <algorithm>
#include <numeric>

#include "host/report/number_text.hpp"
#include "host/report/printable.hpp"
#include "host/report/text_table.hpp"

namespace corridor {
namespace {

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

/// Columns that say something of the rows: a mean that is not known of any is no column.
std::vector<Shown> told(const TableView& table, std::span<const Shown> columns,
                        std::span<const std::size_t> rows) {
  std::vector<Shown> result;
  for (const Shown& shown : columns) {
    const auto says = [&](std::size_t row) {
      const std::string text = cell(table, shown, row);
      return !text.empty() && text != "-";
    };
    if (std::any_of(rows.begin(), rows.end(), says)) result.push_back(shown);
  }
  return result;
}

}  // namespace

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return printable(std::move(name));
}

std::string usd_text(double usd, double se_usd) {
  return money_text(usd) + (se_usd >= 0.5 ? " (" + money_text(se_usd) + ")" : "");
}

std::vector<std::size_t> all_rows(const TableView& table) {
  std::vector<std::size_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

std::vector<std::size_t> told_rows(const ResultFile& results, const TableView& table) {
  std::vector<std::size_t> rows = all_rows(table);
  if (results.find("treaties") != nullptr) return rows;
  std::erase_if(rows, [&](std::size_t row) {
    const std::string metric = table.text("metric", row);
    return metric == "ceded" || metric == "net";
  });
  return rows;
}

std::vector<std::size_t> carrier_rows(const ResultFile& results, const TableView& table) {
  std::vector<std::size_t> rows = told_rows(results, table);
  std::erase_if(rows, [&](std::size_t row) {
    const std::string metric = table.text("metric", row);
    return metric != "gross" && metric != "ceded" && metric != "net";
  });
  return rows.empty() ? told_rows(results, table) : rows;
}

std::string block(const std::string& title, const TableView& table, std::span<const Shown> columns,
                  std::span<const std::size_t> rows) {
  const std::vector<Shown> shown = told(table, columns, rows);
  if (shown.empty()) return "";
  TextTable text;
  std::vector<std::string> cells;
  for (const Shown& column : shown) cells.push_back(column.heading);
  cells.push_back("");  // the last column leans left; numbers lean right before it
  text.add(cells);
  for (const std::size_t row : rows) {
    cells.clear();
    for (const Shown& column : shown) cells.push_back(cell(table, column, row));
    cells.push_back("");
    text.add(cells);
  }
  return "\n" + title + "\n" + text.text();
}

}  // namespace corridor
