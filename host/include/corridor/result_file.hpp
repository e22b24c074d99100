// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/error.hpp"
#include "corridor/quotes.hpp"

namespace corridor {

/// A table of results: columns of one length, names and order of data/results.md.
struct ResultTable {
  std::string name;         ///< dataset of the file: "risk"
  std::string description;  ///< one line
  std::size_t rows = 0;
  std::vector<QuoteColumn> columns;
};

/// One amount a simulated year, in cents, year 0 first.
struct YearSeries {
  std::string name;  ///< dataset below /losses: "gross"
  std::string description;
  std::vector<std::int64_t> cents;  ///< [year]
};

/// What a run leaves behind besides quotes: a file of tables and of yearly amounts.
struct ResultFile {
  std::string schema;  ///< "corridor.tail"
  std::vector<ResultTable> tables;
  std::vector<YearSeries> losses;
  CredibilityGate gate;
  std::vector<Problem> warnings;
  RunFacts run;

  /// The table of a name, or nothing.
  const ResultTable* find(std::string_view name) const;
  /// The table of a name. Expects it to exist.
  const ResultTable& table(std::string_view name) const;
};

/// The results in a format, as the bytes of a file: "hdf5" (everything), "json" (tables, gate, run),
/// "csv" (the table named by `table`), "text" (a screen for people).
/// throws  Error{usage} for an unknown format or table
std::string render_results(const ResultFile& results, std::string_view format,
                           std::string_view table = {});

/// Writes the results in the format that the path's extension names, .h5 or .json, or the table
/// `table` as .csv; all of the file or nothing. An .h5 file is built in memory, beside the results:
/// its own size twice, some 5 bytes an amount.
/// throws  Error{usage} for an unknown extension, Error{cannot_create}, Error{io}
void write_results(const ResultFile& results, const std::string& path, bool replace,
                   std::string_view table = {});

}  // namespace corridor
