// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/tail_output.hpp"

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

int delivered(const TailRequest& request, ResultFile& results, const std::string& command_line) {
  results.run.command_line = command_line;
  say_warnings(results.warnings, request.book);
  write_files(request, results);
  print_results(request, results);
  return gate_code(results.gate);
}

}  // namespace corridor::cli
