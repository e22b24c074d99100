// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/scenario_request.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "corridor/error.hpp"
#include "corridor/scenario.hpp"
#include "host/cli/choices.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

const std::vector<std::string> methods{"both", "simulate"};

/// Tables of the results, in the order of data/results.md.
const std::vector<std::string>& table_names() {
  static const std::vector<std::string> names{"changes", "loss_ratio", "exceedance", "groups"};
  return names;
}

std::vector<std::string> stress_names() {
  std::vector<std::string> names;
  for (const Stress& stress : built_in_stresses()) names.push_back(stress.name);
  return names;
}

std::string csv_table(const ScenarioFlags& flags) {
  if (!flags.table) return "changes";
  const std::string table = one_name("--table", *flags.table, table_names());
  if (flags.csv) return table;
  throw Error(
      ErrorKind::usage,
      fmt::format("--table {}: it chooses what --csv shows. Give --csv FILE too, or -", table));
}

void require_names(const ScenarioFlags& flags) {
  if (!flags.book.empty() && !flags.stress.empty()) return;
  throw Error(ErrorKind::usage,
              flags.book.empty()
                  ? "which book? Give BOOK and STRESS, or --list for the built-in stresses"
                  : "which stress? Give a TOML file or the name of one that --list shows");
}

TailOptions study_options(const ScenarioFlags& flags) {
  TailOptions options;
  options.run = run_options(flags);
  if (options.run.years < 2) {
    throw Error(ErrorKind::usage,
                fmt::format("--years {}: a change needs two years to be sure of. Give 2 or more",
                            options.run.years));
  }
  if (flags.method) {
    const std::string method = one_name("--method", *flags.method, methods);
    options.run.method = method == "both" ? Method::both : Method::simulate;
  }
  options.treaties = !flags.no_treaties;
  if (flags.return_periods) {
    options.return_periods_years =
        return_periods("--return-periods", *flags.return_periods, options.run.years);
  }
  options.basis = pricing_basis(flags);
  return options;
}

}  // namespace

void declare_flags(CLI::App& app, ScenarioFlags& flags) {
  app.add_option("BOOK", flags.book, "The book to stress on its bound terms, HDF5")
      ->type_name("FILE");
  offer(app.add_option("STRESS", flags.stress,
                       "The name of a built-in stress, or a TOML file (data/scenarios/README.md)")
            ->type_name("NAME|FILE"),
        stress_names());
  app.add_flag("--list", flags.list, "Show the built-in stresses, one a line, and end");
  declare_output_flags(app, flags,
                       "Where the results go, .h5 with every year's amounts or .json. Without it "
                       "they are only shown",
                       "One table as CSV too; - for standard output");
  offer(add_value(app, "--table", flags.table, "NAME",
                  fmt::format("The table of --csv: {} (default changes)",
                              fmt::join(table_names(), ", ")))
            ->group("Output"),
        table_names());
  app.add_flag("--no-treaties", flags.no_treaties, "Leave the book's treaties out")->group("Study");
  add_value(app, "--levels", flags.levels, "P,...", "Levels of VaR and TVaR (default 0.99)")
      ->group("Study");
  add_value(app, "--return-periods", flags.return_periods, "YEARS,...",
            "Return periods of the exceedance curves, ascending")
      ->group("Study");
  offer(add_value(app, "--method", flags.method, "NAME",
                  "both: exact laws beside the simulation; simulate: closed forms alone, faster "
                  "for large books (default both)")
            ->group("Study"),
        methods);
  declare_premium_flags(app, flags, "The book's premium, one name (default expected_value):");
  add_value(app, "--years", flags.years, "N", "Policy years to simulate, twice (default 100000)")
      ->group("Run");
  declare_seed_and_machine(app, flags);
}

ScenarioRequest checked(const ScenarioFlags& flags) {
  require_names(flags);
  ScenarioRequest request;
  request.book = flags.book;
  request.options = study_options(flags);
  request.table = csv_table(flags);
  static_cast<Outputs&>(request) = checked_outputs(flags, {".h5", ".json"}, flags.book);
  request.stress = find_stress(flags.stress);
  return request;
}

}  // namespace corridor::cli
