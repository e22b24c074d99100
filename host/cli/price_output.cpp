// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/price_output.hpp"

#include "host/cli/notes.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

void write_files(const PriceRequest& request, const Quotes& quotes) {
  ReportOptions options;
  options.csv_bom = request.csv_bom;
  options.replace = request.force;
  if (!request.output_path.empty()) write_report(quotes, request.output_path, options);
  if (!request.csv_path.empty()) write_report(quotes, request.csv_path, options);
}

void print_results(const PriceRequest& request, const Quotes& quotes) {
  if (request.explains()) {
    print(render_explanation(*quotes.explanation, request.json ? "json" : "text"));
    return;
  }
  ReportOptions options;
  options.csv_bom = request.csv_bom;
  options.results_path = request.output_path.empty() ? request.csv_path : request.output_path;
  if (request.json) stream_report(quotes, "json", print, options);
  if (request.csv_to_stdout) stream_report(quotes, "csv", print, options);
  if (request.prints_table()) print_report(render_report(quotes, "text", options));
}

}  // namespace

int delivered(const PriceRequest& request, Quotes& quotes, const std::string& command_line) {
  quotes.run.command_line = command_line;
  say_warnings(quotes.warnings, request.book);
  write_files(request, quotes);
  print_results(request, quotes);
  return gate_code(quotes.gate);
}

}  // namespace corridor::cli
