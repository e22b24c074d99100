// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/replay.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>
#include <memory>

#include "host/cli/command.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/outputs.hpp"
#include "host/cli/run_flags.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

/// The flags of `corridor replay`, as typed.
struct ReplayFlags {
  std::string book;
  FlagText group, year, years, seed, floor, specific, corridor;
  OutputFlags outputs;
};

/// The same, understood and checked.
struct ReplayRequest {
  ReplayOptions options;
  Outputs outputs;
};

double floor_of(const std::string& text) {
  double usd = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), usd);
  if (error == std::errc{} && end == text.data() + text.size() && usd >= 0 && usd <= 1e12) {
    return usd;
  }
  throw Error(ErrorKind::usage,
              fmt::format("--floor {}: give dollars from 0 to 1e12, such as 10000", text));
}

template <class Values>
Values only_one(const char* flag, const std::string& text, Values values) {
  if (values.size() == 1) return values;
  throw Error(ErrorKind::usage,
              fmt::format("{} {}: a replay is of one contract. Give one value", flag, text));
}

RunOptions run_options(const ReplayFlags& flags) {
  RunOptions run;
  if (flags.years) {
    run.years = static_cast<std::uint32_t>(whole_number("--years", *flags.years, 1, most_years));
  }
  if (flags.seed) {
    run.seed = whole_number("--seed", *flags.seed, 0, std::numeric_limits<std::uint64_t>::max());
  }
  if (flags.specific) {
    run.specific_usd = only_one("--specific", *flags.specific,
                                deductibles_usd("--specific", *flags.specific));
  }
  if (flags.corridor) {
    run.corridor =
        only_one("--corridor", *flags.corridor, corridors("--corridor", *flags.corridor));
  }
  return run;
}

/// The table that CSV holds.
const char* csv_table(const ReplayFlags& flags) { return flags.group ? "members" : "groups"; }

std::uint32_t year_of(const ReplayFlags& flags, std::uint32_t years) {
  const std::uint64_t year = whole_number("--year", *flags.year, 0, most_years);
  if (year < years) return static_cast<std::uint32_t>(year);
  throw Error(ErrorKind::usage,
              fmt::format("--year {}: a run of {} year{} has years 0 to {}. Give one of them, or "
                          "the --years of a longer run",
                          year, years, years == 1 ? "" : "s", years - 1));
}

void check_group(const ReplayFlags& flags) {
  if (!flags.group || !flags.group->empty()) return;
  throw Error(ErrorKind::usage, "--group '': give a group_id, or leave --group out for a row a "
                                "group of the whole book");
}

ReplayRequest checked(const ReplayFlags& flags) {
  check_group(flags);
  ReplayRequest request;
  request.options.run = run_options(flags);
  request.options.year = year_of(flags, request.options.run.years);
  request.options.group = flags.group.value_or("");
  if (flags.floor) request.options.floor_usd = floor_of(*flags.floor);
  request.outputs = checked_outputs(flags.outputs, {".h5", ".json", ".csv"}, flags.book);
  return request;
}

int replay(const ReplayFlags& flags, const std::string& command_line) {
  const ReplayRequest request = checked(flags);
  const Outputs& outputs = request.outputs;
  RunWatch watch(outputs.quiet);
  ReplayOptions options = request.options;
  options.run = watch.watched(options.run);
  ResultFile results = replay_year(flags.book, options);
  results.run.command_line = command_line;
  say_warnings(results.warnings, flags.book);
  for (const std::string& path : {outputs.output_path, outputs.csv_path}) {
    if (!path.empty()) write_results(results, path, outputs.force, csv_table(flags));
  }
  if (outputs.json) print(render_results(results, "json"));
  if (outputs.csv_to_stdout) print(render_results(results, "csv", csv_table(flags)));
  if (outputs.prints_table()) print_report(replay_text(results));
  return 0;
}

void declare_outputs(CLI::App& app, OutputFlags& flags) {
  add_value(app, "-o,--output", flags.output, "FILE",
            "Where the results go; the ending names the format: .h5, .json, .csv")
      ->group("Output");
  add_value(app, "--csv", flags.csv, "FILE",
            "The persons, or without --group the groups, as CSV too; - for standard output")
      ->group("Output");
  app.add_flag("--json", flags.json, "All tables as JSON on standard output, not the text")
      ->group("Output");
  app.add_flag("--force", flags.force, "Replace output files that exist")->group("Output");
  app.add_flag("-q,--quiet", flags.quiet, "No text or notes; errors still appear")
      ->group("Output");
}

}  // namespace

Action declare_replay(CLI::App& app) {
  const auto flags = std::make_shared<ReplayFlags>();
  const auto value = [&](const std::string& name, FlagText& target, const std::string& type,
                         const std::string& help, const std::string& group) {
    return add_value(app, name, target, type, help)->group(group);
  };
  app.add_option("BOOK", flags->book, "The book, HDF5")->required()->type_name("FILE");
  value("--group", flags->group, "ID",
        "The group to show person by person (default: a row a group)", "Year");
  value("--year", flags->year, "Y", "The policy year, 0 up", "Year")->required();
  value("--seed", flags->seed, "S", "Key of the run's random numbers (default 1)", "Year");
  value("--years", flags->years, "N", "Years of the run that the year is of (default 100000)",
        "Year");
  value("--specific", flags->specific, "USD",
        "Specific deductible; inf: none (default: the bound one)", "Contract");
  value("--corridor", flags->corridor, "X", "Aggregate corridor (default: the bound terms)",
        "Contract");
  value("--floor", flags->floor, "USD",
        "Persons with claims up to this are one row together (default 10000)", "Output");
  declare_outputs(app, flags->outputs);
  return [flags](const std::string& command_line) { return replay(*flags, command_line); };
}

}  // namespace corridor::cli
