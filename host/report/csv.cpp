// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <span>

#include "host/report/number_text.hpp"
#include "host/report/text_flow.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

/// A spreadsheet takes such a cell for a formula and may run what a book's author wrote.
bool looks_like_formula(const std::string& text) {
  return !text.empty() && std::string("=+-@\t\r\n").find(text.front()) != std::string::npos;
}

std::string text_cell(const std::string& text) {
  if (looks_like_formula(text)) return quoted("'" + text);
  return text.find_first_of(",\"\r\n") == std::string::npos ? text : quoted(text);
}

struct CellText {
  std::size_t row;

  std::string operator()(const std::vector<std::string>& values) const {
    return text_cell(values[row]);
  }
  std::string operator()(const std::vector<double>& values) const {
    return std::isnan(values[row]) ? "" : shortest_text(values[row]);
  }
  std::string operator()(const std::vector<std::uint64_t>& values) const {
    return std::to_string(values[row]);
  }
};

template <class Cell>
void append_line(std::string& text, std::span<const QuoteColumn> columns, const Cell& cell) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) text += ',';
    text += cell(columns[i]);
  }
  text += "\r\n";
}

void append_head(std::string& text, std::span<const QuoteColumn> columns, bool bom) {
  if (bom) text += "\xEF\xBB\xBF";
  append_line(text, columns, [](const QuoteColumn& column) { return column.name; });
}

void append_row(std::string& text, std::span<const QuoteColumn> columns, std::size_t row) {
  append_line(text, columns, [row](const QuoteColumn& column) {
    return std::visit(CellText{row}, column.values);
  });
}

}  // namespace

std::string csv_lines(const std::vector<QuoteColumn>& columns, std::size_t rows, bool bom) {
  std::string text;
  append_head(text, columns, bom);
  for (std::size_t row = 0; row < rows; ++row) append_row(text, columns, row);
  return text;
}

void stream_csv(const Quotes& quotes, const ReportOptions& options, const ReportSink& sink) {
  TextFlow flow(sink);
  append_head(flow.text(), quotes.columns, options.csv_bom);
  each_part(quotes, [&](std::size_t, std::span<const QuoteColumn> columns) {
    for (std::size_t row = 0; row < rows_in(columns); ++row) {
      append_row(flow.text(), columns, row);
      flow.step();
    }
  });
  flow.finish();
}

}  // namespace corridor
