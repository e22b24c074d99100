// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "corridor/corridor.hpp"
#include "host/cli/command.hpp"
#include "host/cli/dry_run.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/price_request.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

Quotes priced(const PriceRequest& request) {
  RunWatch watch(request.quiet);
  Quotes quotes = price_book(request.book, watch.watched(request.options), request.basis);
  RunWatch::require_unstopped();
  return quotes;
}

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
  if (request.json) print(render_report(quotes, "json", options));
  if (request.csv_to_stdout) print(render_report(quotes, "csv", options));
  if (request.prints_table()) print(render_report(quotes, "text", options));
}

int price(const PriceFlags& flags, const std::string& command_line) {
  const PriceRequest request = checked(flags);
  if (request.dry_run) return dry_run(request);
  Quotes quotes = priced(request);
  quotes.run.command_line = command_line;
  if (!request.quiet) say_warnings(quotes.warnings, request.book);
  write_files(request, quotes);
  print_results(request, quotes);
  return gate_code(quotes.gate);
}

}  // namespace

Action declare_price(CLI::App& app) {
  const auto flags = std::make_shared<PriceFlags>();
  declare_flags(app, *flags);
  return [flags](const std::string& command_line) { return price(*flags, command_line); };
}

}  // namespace corridor::cli
