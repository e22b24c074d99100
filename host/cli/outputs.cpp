// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/outputs.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "corridor/error.hpp"
#include "host/cli/destination.hpp"

namespace corridor::cli {
namespace {

std::string extension(const std::string& path) {
  const std::size_t dot = path.find_last_of("./");
  return dot == std::string::npos || path[dot] == '/' ? "" : path.substr(dot);
}

void require_extension(const std::string& path, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), extension(path)) != known.end()) return;
  throw Error(ErrorKind::usage, fmt::format("-o {}: the ending names no format. Known are {}", path,
                                            fmt::join(known, ", ")));
}

void require_csv_extension(const std::string& path) {
  if (extension(path) == ".csv") return;
  throw Error(
      ErrorKind::usage,
      fmt::format("--csv {}: the name must end in .csv, or be - for standard output", path));
}

void require_one_stdout(const OutputFlags& flags) {
  if (flags.json && flags.csv == "-") {
    throw Error(ErrorKind::usage, "--json and --csv - both want standard output. Give one a file");
  }
  const bool goes_somewhere = flags.output || flags.csv || flags.json || flags.dry_run;
  if (flags.quiet && !goes_somewhere) {
    throw Error(ErrorKind::usage,
                "--quiet: the results would go nowhere. Give -o, --csv or --json too");
  }
  if (flags.output && flags.output == flags.csv) {
    throw Error(ErrorKind::usage, fmt::format("--csv {}: -o names the same file", *flags.csv));
  }
}

}  // namespace

void declare_result_flags(CLI::App& app, OutputFlags& flags, const std::string& output_help,
                          const std::string& csv_help) {
  const auto flag = [&](const std::string& name, bool& target, const std::string& help) {
    app.add_flag(name, target, help)->group("Output");
  };
  add_value(app, "-o,--output", flags.output, "FILE", output_help)->group("Output");
  add_value(app, "--csv", flags.csv, "FILE", csv_help)->group("Output");
  flag("--json", flags.json, "Results as JSON on standard output, not the table");
  flag("--force", flags.force, "Replace output files that exist");
  flag("-q,--quiet", flags.quiet, "No table, progress or notes; errors still appear");
}

void declare_output_flags(CLI::App& app, OutputFlags& flags, const std::string& output_help,
                          const std::string& csv_help) {
  declare_result_flags(app, flags, output_help, csv_help);
  app.add_flag("--dry-run", flags.dry_run,
               "Check everything, say how large and how long the run is, write nothing")
      ->group("Output");
}

Outputs checked_outputs(const OutputFlags& flags, const std::vector<std::string>& extensions,
                        const std::string& book) {
  require_one_stdout(flags);
  Outputs outputs;
  outputs.csv_to_stdout = flags.csv == "-";
  outputs.json = flags.json;
  outputs.force = flags.force;
  outputs.quiet = flags.quiet;
  outputs.dry_run = flags.dry_run;
  if (flags.output) {
    require_extension(*flags.output, extensions);
    outputs.output_path = checked_destination({"-o", *flags.output}, book, flags.force);
  }
  if (flags.csv && *flags.csv != "-") {
    require_csv_extension(*flags.csv);
    outputs.csv_path = checked_destination({"--csv", *flags.csv}, book, flags.force);
  }
  return outputs;
}

}  // namespace corridor::cli
