// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/tail_request.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "corridor/error.hpp"
#include "host/cli/choices.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

constexpr std::uint64_t most_members = 1'000'000;

const std::vector<std::string> metrics{"gross", "net", "none"};

/// Tables of the results, in the order of data/results.md.
const std::vector<std::string>& table_names() {
  static const std::vector<std::string> names{"metrics",  "risk",     "loss_ratio",
                                              "exceedance", "treaties", "captives",
                                              "layers",   "contributions", "marginal"};
  return names;
}

/// A run that would not make the table is refused before it starts.
void require_table_is_made(const TailFlags& flags, const std::string& table) {
  const bool of_treaties = table == "treaties" || table == "captives" || table == "layers";
  if (of_treaties && flags.no_treaties) {
    throw Error(ErrorKind::usage,
                fmt::format("--table {}: --no-treaties leaves it out. Drop one", table));
  }
  if (table == "contributions" && flags.contributions == "none") {
    throw Error(ErrorKind::usage,
                "--table contributions: --contributions none leaves it out. Drop one");
  }
  if (table == "marginal" && flags.marginal.empty()) {
    throw Error(ErrorKind::usage,
                "--table marginal: it says what groups add, and none is named. Give --marginal "
                "GROUP,... too");
  }
}

std::string csv_table(const TailFlags& flags) {
  if (!flags.table) return "risk";
  const std::string table = one_name("--table", *flags.table, table_names());
  if (!flags.csv) {
    throw Error(ErrorKind::usage,
                fmt::format("--table {}: it chooses what --csv shows. Give --csv FILE too, or -",
                            table));
  }
  require_table_is_made(flags, table);
  return table;
}

TailOptions tail_options(const TailFlags& flags) {
  TailOptions options;
  options.run = run_options(flags);
  options.treaties = !flags.no_treaties;
  if (flags.return_periods) {
    options.return_periods_years =
        return_periods("--return-periods", *flags.return_periods, options.run.years);
  }
  if (flags.contributions) {
    options.contribution_metric =
        one_name("--contributions", *flags.contributions, metrics);
  }
  if (flags.members) {
    options.largest_members = whole_number("--members", *flags.members, 0, most_members);
  }
  for (const std::string& text : flags.marginal) {
    own_names("--marginal", text, "G000001,G000002");  // refuses empty names
    options.marginal_groups.push_back(text);
  }
  options.basis = pricing_basis(flags);
  return options;
}

void declare_own_flags(CLI::App& app, TailFlags& flags) {
  const auto value = [&](const std::string& name, FlagText& target, const std::string& type,
                         const std::string& help) {
    return add_value(app, name, target, type, help)->group("Study");
  };
  app.add_flag("--no-treaties", flags.no_treaties, "Leave the book's treaties out")->group("Study");
  value("--levels", flags.levels, "P,...", "Levels of VaR and TVaR, such as 0.99,0.995");
  value("--return-periods", flags.return_periods, "YEARS,...",
        "Return periods of the exceedance curves, ascending");
  offer(value("--contributions", flags.contributions, "METRIC",
              "Whose TVaR is split by group, state, industry and deductible: gross or net of "
              "treaties, or none (default net)"),
        metrics);
  value("--members", flags.members, "N",
        "Persons shown for whom the specific pays most in the tail (default 20)");
  app.add_option("--marginal", flags.marginal,
                 "Groups whose absence from the book is studied; may be repeated. A text that is a "
                 "group's id is that group, commas or not")
      ->type_name("GROUP,...")
      ->allow_extra_args(false)
      ->group("Study");
}

}  // namespace

void declare_table(CLI::App& app, TailFlags& flags) {
  offer(add_value(app, "--table", flags.table, "NAME",
                  fmt::format("The table of --csv: {} (default risk)",
                              fmt::join(table_names(), ", ")))
            ->group("Output"),
        table_names());
}

void declare_flags(CLI::App& app, TailFlags& flags) {
  declare_output_flags(app, flags,
                       "Where the results go, .h5 with every year's amounts or .json. Without it "
                       "they are only shown",
                       "One table as CSV too; - for standard output");
  declare_table(app, flags);
  add_value(app, "--from", flags.from, "FILE",
            "Study again what these results say they were made from; beside it only outputs and "
            "the machine may be given")
      ->group("Run");
  declare_study_flags(app, flags);
}

void declare_study_flags(CLI::App& app, TailFlags& flags) {
  app.add_option("BOOK", flags.book, "The book to study on its bound terms, HDF5")
      ->type_name("FILE");
  declare_own_flags(app, flags);
  declare_premium_flags(app, flags,
                        "The first is the book's premium, treaties are priced by all that are "
                        "named, commas between (default expected_value):");
  add_value(app, "--years", flags.years, "N", "Policy years to simulate (default 100000)")
      ->group("Run");
  declare_seed_and_machine(app, flags);
}

TailRequest checked(const TailFlags& flags) {
  require_book(flags.book, "tail");
  TailRequest request;
  request.book = flags.book;
  request.options = tail_options(flags);
  request.table = csv_table(flags);
  request.options.required_table = request.table;
  static_cast<Outputs&>(request) = checked_outputs(flags, {".h5", ".json"}, flags.book);
  return request;
}

}  // namespace corridor::cli
