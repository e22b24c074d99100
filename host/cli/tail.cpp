// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/tail.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "host/cli/command.hpp"
#include "host/cli/dry_run.hpp"
#include "host/cli/from_results.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/tail_output.hpp"
#include "host/cli/tail_request.hpp"

namespace corridor::cli {
namespace {

ResultFile studied(const TailRequest& request) {
  RunWatch watch(request.quiet);
  TailOptions options = request.options;
  options.run = watch.watched(options.run);
  ResultFile results = tail_book(request.book, options);
  RunWatch::require_unstopped();
  return results;
}

int tail(const TailRequest& request, const std::vector<std::string>& arguments,
         const std::string& command_line) {
  if (request.dry_run) return dry_run(request);
  ResultFile results = studied(request);
  results.run.arguments = arguments;
  return delivered(request, results, command_line);
}

int tail_again(const TailFlags& typed, const std::string& command_line) {
  const Provenance from = provenance_of(*typed.from, "corridor.tail");
  TailFlags flags = again("tail", typed, from);
  flags.table = typed.table;
  const TailRequest request = checked(flags);
  require_same_book(request.book, from);
  return tail(request, from.arguments, command_line);
}

}  // namespace

Action declare_tail(CLI::App& app) {
  const auto flags = std::make_shared<TailFlags>();
  declare_flags(app, *flags);
  return [flags, &app](const std::string& command_line) {
    if (!flags->from) return tail(checked(*flags), recorded_arguments(app), command_line);
    require_nothing_else(app);
    return tail_again(*flags, command_line);
  };
}

}  // namespace corridor::cli
