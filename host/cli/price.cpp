// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "corridor/corridor.hpp"
#include "host/cli/command.hpp"
#include "host/cli/dry_run.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/price_request.hpp"
#include "host/cli/progress.hpp"
#include "host/cli/signals.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

ProgressDisplay::Style progress_style(const PriceRequest& request) {
  if (request.quiet) return ProgressDisplay::Style::none;
  return stderr_is_terminal() ? ProgressDisplay::Style::line : ProgressDisplay::Style::events;
}

Quotes priced(const PriceRequest& request) {
  ProgressDisplay display(progress_style(request));
  RunOptions options = request.options;
  options.on_progress = [&](const Progress& progress) { display.update(progress); };
  options.on_message = [&](const std::string& line) {
    display.clear();
    if (!request.quiet) say(line);
  };
  options.should_stop = [] { return stop_signal() != 0; };
  Quotes quotes = price_book(request.book, options, request.basis);
  // Stopped after the last group: the caller wanted no results any more.
  if (stop_signal() != 0) throw Error(ErrorKind::incomplete, "stopped");
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

// 0, or 1 with the cells that fail on stderr: the results are written either way, to be looked at.
int gate_code(const CredibilityGate& gate) {
  if (gate.passed()) return 0;
  say_error(
      fmt::format("the simulation disagrees with its own closed forms in {} of {} checks "
                  "(limit |z| {:.2f}). Do not use these results:",
                  gate.failures.size(), gate.checked, gate.z_limit));
  for (const std::string& cell : gate.failures) say_error(cell);
  return 1;
}

// HDF5 holds no attribute of 64 KiB or more; a list of a thousand deductibles would be none.
std::string shortened(const std::string& command_line) {
  constexpr std::size_t most = 16'000;
  return command_line.size() <= most ? command_line : command_line.substr(0, most) + " ...";
}

int price(const PriceFlags& flags, const std::string& command_line) {
  const PriceRequest request = checked(flags);
  if (request.dry_run) return dry_run(request);
  Quotes quotes = priced(request);
  quotes.run.command_line = shortened(command_line);
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
