// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "corridor/result_file.hpp"
#include "host/report/table_view.hpp"

namespace corridor {

enum class Form { name, usd, fraction, decimal, plain };

/// One column of a block: heading, the table's column, how it is written, and the column of its
/// standard error, which stands behind it in parentheses.
struct Shown {
  const char* heading;
  const char* column;
  Form form;
  const char* error = nullptr;
};

/// A name with blanks, as a terminal may show it.
std::string spaced(std::string name);

/// "1,234 (56)": the error where it is half a dollar or more.
std::string usd_text(double usd, double se_usd);

std::vector<std::size_t> all_rows(const TableView& table);

/// All rows but those that a book without treaties shows twice: nothing is ceded, net is gross.
std::vector<std::size_t> told_rows(const ResultFile& results, const TableView& table);

/// Of these the carrier's amounts, which a screen has room for; all where they are not there.
std::vector<std::size_t> carrier_rows(const ResultFile& results, const TableView& table);

/// A title, a line of headings and the rows; "" without rows. A column that is not there, or says
/// nothing of any of the rows, is left out.
std::string block(const std::string& title, const TableView& table, std::span<const Shown> columns,
                  std::span<const std::size_t> rows);

}  // namespace corridor
