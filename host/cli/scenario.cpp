// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/scenario.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/scenario_request.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

std::string list_text() {
  std::string text;
  for (const Stress& stress : built_in_stresses()) {
    text += fmt::format("{:<26}{}\n{:<26}source: {}\n", stress.name, stress.description, "",
                        stress.source);
  }
  return text;
}

std::string list_json() {
  nlohmann::json list = nlohmann::json::array();
  for (const Stress& stress : built_in_stresses()) {
    list.push_back(
        {{"name", stress.name}, {"description", stress.description}, {"source", stress.source}});
  }
  return list.dump(2) + "\n";
}

ResultFile stressed(const ScenarioRequest& request) {
  RunWatch watch(request.quiet);
  TailOptions options = request.options;
  options.run = watch.watched(options.run);
  ResultFile results = stress_book(request.book, request.stress, options);
  RunWatch::require_unstopped();
  return results;
}

/// The whole way with two years: what passes will run.
int dry_run(ScenarioRequest request) {
  check_scenario(request.options);
  const std::uint32_t years = request.options.run.years;
  request.options.run.years = 2;
  request.options.run.method = Method::simulate;
  request.options.return_periods_years.clear();
  request.quiet = true;
  const ResultFile results = stressed(request);
  const std::uint64_t drawn = results.run.member_years / 2 * years;
  if (request.json) {
    const nlohmann::json facts{{"book", request.book},
                               {"stress", request.stress.name},
                               {"groups", results.table("groups").rows},
                               {"years", years},
                               {"member_years", drawn}};
    print(facts.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    return 0;
  }
  print(fmt::format("the stress {} fits the book: a run of {} years draws {} member-years\n",
                    request.stress.name, years, drawn));
  return 0;
}

int scenario(const ScenarioFlags& flags, const std::string& command_line) {
  if (flags.list) {
    print(flags.json ? list_json() : list_text());
    return 0;
  }
  const ScenarioRequest request = checked(flags);
  if (request.dry_run) return dry_run(request);
  ResultFile results = stressed(request);
  results.run.command_line = command_line;
  say_warnings(results.warnings, request.book);
  if (!request.output_path.empty()) write_results(results, request.output_path, request.force);
  if (!request.csv_path.empty()) {
    write_results(results, request.csv_path, request.force, request.table);
  }
  if (request.json) print(render_results(results, "json"));
  if (request.csv_to_stdout) print(render_results(results, "csv", request.table));
  if (request.prints_table()) print_report(render_results(results, "text"));
  return gate_code(results.gate);
}

}  // namespace

Action declare_scenario(CLI::App& app) {
  const auto flags = std::make_shared<ScenarioFlags>();
  declare_flags(app, *flags);
  return [flags](const std::string& command_line) { return scenario(*flags, command_line); };
}

}  // namespace corridor::cli
