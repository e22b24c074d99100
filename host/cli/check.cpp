// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "corridor/corridor.hpp"
#include "host/cli/check_report.hpp"
#include "host/cli/command.hpp"
#include "host/cli/destination.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

struct CheckFlags {
  using Text = std::optional<std::string>;

  std::string book;
  Text specific, corridor, rules, csv;
  bool json = false, all = false, force = false;
};

RunOptions run_options(const CheckFlags& flags) {
  RunOptions options;
  if (flags.specific) options.specific_usd = deductibles_usd("--specific", *flags.specific);
  if (flags.corridor) options.corridor = corridors("--corridor", *flags.corridor);
  options.rules = flags.rules ? std::make_shared<const RuleBook>(load_rules(*flags.rules))
                              : std::make_shared<const RuleBook>(built_in_rules());
  return options;
}

// "" where no file is asked for.
std::string csv_path(const CheckFlags& flags) {
  if (!flags.csv) return "";
  if (*flags.csv == "-") {
    if (!flags.json) return "";
    throw Error(ErrorKind::usage, "--json and --csv - both want standard output. Give one a file");
  }
  if (!flags.csv->ends_with(".csv")) {
    throw Error(ErrorKind::usage,
                "--csv " + *flags.csv + ": the name must end in .csv, or be - for standard output");
  }
  return checked_destination({"--csv", *flags.csv}, flags.book, flags.force);
}

// Whole or not at all: under another name first.
void write_whole(const std::string& path, const std::string& text) {
  const std::string partial = path + ".partial";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(partial, path, error);
  if (file && !error) return;
  std::filesystem::remove(partial, error);
  throw Error(ErrorKind::io, "cannot write '" + path + "'. Is the disk full?");
}

int check(const CheckFlags& flags) {
  const RunOptions options = run_options(flags);
  const std::string path = csv_path(flags);
  RunWatch watch(false);
  const RuleCheck found = check_book(flags.book, watch.watched(options));
  const CheckReport report{flags.book, *options.rules, found, flags.all};
  say_warnings(found.warnings, flags.book);
  if (!path.empty()) write_whole(path, check_csv(report));
  if (flags.json) {
    print(check_json(report));
  } else {
    print(flags.csv == "-" ? check_csv(report) : check_text(report));
  }
  return outcome_counts(found).passed() ? 0 : 1;
}

}  // namespace

Action declare_check(CLI::App& app) {
  const auto flags = std::make_shared<CheckFlags>();
  app.add_option("BOOK", flags->book, "The book whose options to check, HDF5")
      ->required()
      ->type_name("FILE");
  app.add_option("--specific", flags->specific,
                 "Specific deductibles to check, ascending; inf: none. Replaces the book's grid")
      ->type_name("USD,...")
      ->group("Grid");
  app.add_option("--corridor", flags->corridor, "Aggregate corridors to check, ascending")
      ->type_name("X,...")
      ->group("Grid");
  app.add_option("--rules", flags->rules, "State rules from a CSV file instead of those built in")
      ->type_name("FILE")
      ->group("Grid");
  app.add_flag("--json", flags->json, "Findings as one JSON document")->group("Output");
  app.add_option("--csv", flags->csv, "Findings as CSV; - for standard output")
      ->type_name("FILE")
      ->group("Output");
  app.add_flag("--all", flags->all, "Also what is met and what does not apply")->group("Output");
  app.add_flag("--force", flags->force, "Replace an output file that exists")->group("Output");
  app.footer(
      "Exit code 0: nothing violates and nothing is unknown; 1: something does or is.\n"
      "The rules are data recorded from public sources, to be re-checked with the state.");
  return [flags](const std::string&) { return check(*flags); };
}

}  // namespace corridor::cli
