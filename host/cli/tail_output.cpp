// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/tail_output.hpp"

#include <fmt/format.h>

#include "corridor/error.hpp"
#include "corridor/portfolio.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

void write_files(const TailRequest& request, const ResultFile& results) {
  if (!request.output_path.empty()) write_results(results, request.output_path, request.force);
  if (!request.csv_path.empty()) {
    write_results(results, request.csv_path, request.force, request.table);
  }
}

void print_results(const TailRequest& request, const ResultFile& results) {
  if (request.json) print(render_results(results, "json"));
  if (request.csv_to_stdout) print(render_results(results, "csv", request.table));
  if (request.prints_table()) print_report(render_results(results, "text"));
}

}  // namespace

void require_table_in_book(const TailRequest& request) {
  if (request.table != "treaties" && request.table != "captives" && request.table != "layers") {
    return;
  }
  const Portfolio book = load_portfolio(request.book, {request.options.run.memory_limit_bytes});
  constexpr double person_excess = 1, captive = 3;
  for (std::size_t row = 0; row < book.treaties.rows; ++row) {
    const double kind = book.treaties.number("kind", row, 0);
    if (request.table == "treaties" || kind == captive) return;
    if (request.table == "layers" && kind == person_excess) return;
  }
  throw Error(ErrorKind::usage, fmt::format("--table {0}: {1} has no {0}. Choose another table",
                                            request.table, request.book));
}

int delivered(const TailRequest& request, ResultFile& results, const std::string& command_line) {
  results.run.command_line = command_line;
  say_warnings(results.warnings, request.book);
  write_files(request, results);
  print_results(request, results);
  return gate_code(results.gate);
}

}  // namespace corridor::cli
