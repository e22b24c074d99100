// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/layers.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "host/cli/command.hpp"
#include "host/cli/dry_run.hpp"
#include "host/cli/layers_request.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

ResultFile studied(const LayersRequest& request) {
  RunWatch watch(request.quiet);
  LayersOptions options = request.options;
  options.run = watch.watched(options.run);
  ResultFile results = rare_layers(request.book, options);
  RunWatch::require_unstopped();
  return results;
}

int layers(const LayersFlags& flags, const std::string& command_line) {
  const LayersRequest request = checked(flags);
  if (request.dry_run) return dry_run(request);
  ResultFile results = studied(request);
  results.run.command_line = command_line;
  say_warnings(results.warnings, request.book);
  if (!request.output_path.empty()) write_results(results, request.output_path, request.force);
  if (!request.csv_path.empty()) {
    write_results(results, request.csv_path, request.force, "layers");
  }
  if (request.json) print(render_results(results, "json"));
  if (request.csv_to_stdout) print(render_results(results, "csv", "layers"));
  if (request.prints_table()) print_report(render_results(results, "text"));
  return gate_code(results.gate);
}

}  // namespace

Action declare_layers(CLI::App& app) {
  const auto flags = std::make_shared<LayersFlags>();
  declare_flags(app, *flags);
  return [flags](const std::string& command_line) { return layers(*flags, command_line); };
}

}  // namespace corridor::cli
