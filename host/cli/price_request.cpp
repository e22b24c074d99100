// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/price_request.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>

#include "corridor/error.hpp"
#include "corridor/quotes.hpp"
#include "corridor/rules.hpp"
#include "host/cli/choices.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

const std::vector<std::string> methods{"both", "exact", "simulate"};

void check_explain(const PriceFlags& flags) {
  if (!flags.explain) return;
  if (flags.explain->empty()) throw Error(ErrorKind::usage, "--explain: give a group's id");
  if (flags.output || flags.csv || flags.dry_run || flags.quiet) {
    throw Error(ErrorKind::usage,
                "--explain prices one group and prints its account, as text or with --json. Leave "
                "out -o, --csv, --dry-run and --quiet");
  }
}

void read_grid(const PriceFlags& flags, RunOptions& options) {
  if (flags.specific) options.specific_usd = deductibles_usd("--specific", *flags.specific);
  if (flags.corridor) options.corridor = corridors("--corridor", *flags.corridor);
}

void read_method(const PriceFlags& flags, RunOptions& options) {
  if (flags.method) {
    const std::string name = one_name("--method", *flags.method, methods);
    options.method = name == "both"    ? Method::both
                     : name == "exact" ? Method::exact
                                       : Method::simulate;
  }
  options.joint = flags.joint;
  if (flags.joint && options.method == Method::simulate) {
    throw Error(ErrorKind::usage, "--joint is an exact law and --method simulate has none");
  }
}

void read_target(const PriceFlags& flags, RunOptions& options) {
  if (flags.target_se) options.target_se = part_of_mean("--target-se", *flags.target_se);
  if (flags.target_se && options.method == Method::exact) {
    throw Error(ErrorKind::usage,
                "--target-se is about simulated means, and --method exact has "
                "none. Leave one out");
  }
  if (!flags.max_years) return;
  if (!flags.target_se) {
    throw Error(ErrorKind::usage, "--max-years bounds what --target-se may add. Give both");
  }
  options.max_years = static_cast<std::uint32_t>(whole_number(
      "--max-years", *flags.max_years, options.years, std::numeric_limits<std::uint32_t>::max()));
}

RunOptions price_options(const PriceFlags& flags) {
  RunOptions options = run_options(flags);
  options.control_variates = flags.control_variates;
  options.rows_in_file = options.memory_limit_bytes > 0;
  if (flags.explain) options.explain_group = *flags.explain;
  read_grid(flags, options);
  read_method(flags, options);
  read_target(flags, options);
  return options;
}

std::vector<std::string> report_extensions() {
  std::vector<std::string> known;
  for (const ReportFormat& format : report_formats()) known.push_back(format.extension);
  return known;
}

}  // namespace

void declare_csv_bom(CLI::App& app, PriceFlags& flags) {
  app.add_flag("--csv-bom", flags.csv_bom, "CSV opens with a byte-order mark, for spreadsheets")
      ->group("Output");
}

void declare_flags(CLI::App& app, PriceFlags& flags) {
  declare_output_flags(app, flags,
                       "Where the results go; the ending names the format (.h5). Without it they "
                       "are only shown",
                       "Results as CSV too; - for standard output");
  declare_csv_bom(app, flags);
  add_value(app, "--explain", flags.explain, "GROUP",
            "Price this group alone and print, step by step, how its premium came about")
      ->group("Output");
  add_value(app, "--from", flags.from, "FILE",
            "Price again what these results say they were made from; beside it only outputs and "
            "the machine may be given")
      ->group("Run");
  declare_study_flags(app, flags);
}

void declare_study_flags(CLI::App& app, PriceFlags& flags) {
  const auto value = [&app](const std::string& name, FlagText& target, const std::string& type,
                            const std::string& help) {
    return add_value(app, name, target, type, help);
  };
  app.add_option("BOOK", flags.book, "The book to price, HDF5")->type_name("FILE");
  value("--specific", flags.specific, "USD,...",
        "Specific deductibles to quote, ascending; inf: none. Replaces the book's grid")
      ->group("Grid");
  value("--corridor", flags.corridor, "X,...",
        "Aggregate corridors to quote, ascending: attachment = corridor x expected claims")
      ->group("Grid");
  value("--levels", flags.levels, "P,...", "Levels of VaR and TVaR (default 0.99)")->group("Grid");
  declare_premium_flags(
      app, flags,
      fmt::format("What premiums are computed, names with commas (default {}):",
                  fmt::join(default_principles(), ",")));
  value("--rules", flags.rules, "FILE", "State rules from a CSV file instead of those built in")
      ->group("Premium");
  value("--years", flags.years, "N", "Policy years to simulate (default 100000)")->group("Run");
  offer(value("--method", flags.method, "NAME",
              "both: exact laws where there are, the simulation beside them; exact: no simulation; "
              "simulate: no exact laws (default both)")
            ->group("Run"),
        methods);
  app.add_flag("--joint", flags.joint,
               "Exact law of both covers together too: up to some seconds a deductible")
      ->group("Run");
  value("--target-se", flags.target_se, "PART",
        "Simulate groups for more years until the standard error of every simulated mean without a "
        "closed form is at most this part of it, as 0.5% or 0.005")
      ->group("Run");
  value("--max-years", flags.max_years, "N", "Most years of --target-se (default 10000000)")
      ->group("Run");
  app.add_flag("--control-variates", flags.control_variates,
               "Estimate means without a closed form once more, with control variates, in columns "
               "C_controlled_*")
      ->group("Run");
  declare_seed_and_machine(app, flags);
}

PriceRequest checked(const PriceFlags& flags) {
  require_book(flags.book, "price");
  PriceRequest request;
  request.book = flags.book;
  request.csv_bom = flags.csv_bom;
  request.options = price_options(flags);
  if (flags.rules) {
    request.options.rules = std::make_shared<const RuleBook>(load_rules(*flags.rules));
  }
  request.basis = pricing_basis(flags);
  check_explain(flags);
  static_cast<Outputs&>(request) = checked_outputs(flags, report_extensions(), flags.book);
  return request;
}

}  // namespace corridor::cli
