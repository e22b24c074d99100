// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/price_request.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>

#include "corridor/error.hpp"
#include "corridor/quotes.hpp"
#include "corridor/rules.hpp"
#include "host/cli/destination.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

constexpr std::uint64_t most_threads = 4096;

std::string principle_help() {
  std::string help = "What premiums are computed, names with commas:";
  for (const PrincipleInfo& principle : premium_principles()) {
    help += "\n" + principle.name + ": " + principle.formula;
  }
  return help + fmt::format("\n(default {})", fmt::join(default_principles(), ","));
}

std::string load_help() {
  std::string help = "One load, name=value; before the name specific. or aggregate. for one cover:";
  for (const LoadInfo& load : pricing_loads()) help += "\n" + load.name + ": " + load.description;
  return help;
}

std::vector<std::string> principle_names() {
  std::vector<std::string> names;
  for (const PrincipleInfo& principle : premium_principles()) names.push_back(principle.name);
  return names;
}

std::string extension(const std::string& path) {
  const std::size_t dot = path.find_last_of("./");
  return dot == std::string::npos || path[dot] == '/' ? "" : path.substr(dot);
}

void require_report_extension(const std::string& path) {
  std::vector<std::string> known;
  for (const ReportFormat& format : report_formats()) {
    if (format.extension == extension(path)) return;
    known.push_back(format.extension);
  }
  throw Error(ErrorKind::usage, fmt::format("-o {}: the ending names no format. Known are {}", path,
                                            fmt::join(known, ", ")));
}

void require_csv_extension(const std::string& path) {
  if (extension(path) == ".csv") return;
  throw Error(
      ErrorKind::usage,
      fmt::format("--csv {}: the name must end in .csv, or be - for standard output", path));
}

void require_one_stdout(const PriceFlags& flags) {
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
  if (flags.levels) options.levels = levels("--levels", *flags.levels);
  if (flags.principles) {
    options.principles = names("--principles", *flags.principles, principle_names());
  }
}

void read_machine(const PriceFlags& flags, RunOptions& options) {
  if (flags.device) options.device = one_name("--device", *flags.device, {"auto", "cpu", "cuda"});
  if (flags.method) {
    const std::string name = one_name("--method", *flags.method, {"both", "exact", "simulate"});
    options.method = name == "both"    ? Method::both
                     : name == "exact" ? Method::exact
                                       : Method::simulate;
  }
  options.joint = flags.joint;
  if (flags.joint && options.method == Method::simulate) {
    throw Error(ErrorKind::usage, "--joint is an exact law and --method simulate has none");
  }
  if (flags.instruction_set) {
    options.instruction_set =
        one_name("--instruction-set", *flags.instruction_set, {"scalar", "avx2", "avx512"});
  }
  if (flags.threads) {
    options.threads =
        static_cast<unsigned>(whole_number("--threads", *flags.threads, 1, most_threads));
  }
  if (flags.memory_limit) {
    options.memory_limit_bytes = memory_bytes("--memory-limit", *flags.memory_limit);
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

RunOptions run_options(const PriceFlags& flags) {
  RunOptions options;
  if (flags.years) {
    options.years = static_cast<std::uint32_t>(
        whole_number("--years", *flags.years, 1, std::numeric_limits<std::uint32_t>::max()));
  }
  if (flags.seed) {
    options.seed =
        whole_number("--seed", *flags.seed, 0, std::numeric_limits<std::uint64_t>::max());
  }
  options.control_variates = flags.control_variates;
  if (flags.explain) options.explain_group = *flags.explain;
  read_grid(flags, options);
  read_machine(flags, options);
  read_target(flags, options);
  return options;
}

void check_destinations(const PriceFlags& flags, PriceRequest& request) {
  check_explain(flags);
  require_one_stdout(flags);
  if (flags.output) {
    require_report_extension(*flags.output);
    request.output_path = checked_destination({"-o", *flags.output}, flags.book, flags.force);
  }
  if (flags.csv && *flags.csv != "-") {
    require_csv_extension(*flags.csv);
    request.csv_path = checked_destination({"--csv", *flags.csv}, flags.book, flags.force);
  }
}

PricingBasis pricing_basis(const PriceFlags& flags) {
  PricingBasis basis = flags.pricing ? load_pricing(*flags.pricing) : PricingBasis{};
  for (const std::string& assignment : flags.loads) apply_load(basis, assignment);
  return basis;
}

}  // namespace

void declare_flags(CLI::App& app, PriceFlags& flags) {
  const auto value = [&app](const std::string& name, PriceFlags::Text& target,
                            const std::string& type, const std::string& help) {
    return app.add_option(name, target, help)->type_name(type);
  };
  app.add_option("BOOK", flags.book, "The book to price, HDF5")->required()->type_name("FILE");
  value("-o,--output", flags.output, "FILE",
        "Where the results go; the ending names the format (.h5). Without it they are only shown")
      ->group("Output");
  value("--csv", flags.csv, "FILE", "Results as CSV too; - for standard output")->group("Output");
  app.add_flag("--json", flags.json, "Results as JSON on standard output, not the table")
      ->group("Output");
  app.add_flag("--joint", flags.joint,
               "Exact law of both covers together too: up to some seconds a deductible")
      ->group("Run");
  app.add_flag("--csv-bom", flags.csv_bom, "CSV opens with a byte-order mark, for spreadsheets")
      ->group("Output");
  app.add_flag("--force", flags.force, "Replace output files that exist")->group("Output");
  app.add_flag("-q,--quiet", flags.quiet, "No table, progress or notes; errors still appear")
      ->group("Output");
  app.add_flag("--dry-run", flags.dry_run,
               "Check everything, say how large and how long the run is, write nothing")
      ->group("Output");
  value("--explain", flags.explain, "GROUP",
        "Price this group alone and print, step by step, how its premium came about")
      ->group("Output");
  value("--specific", flags.specific, "USD,...",
        "Specific deductibles to quote, ascending; inf: none. Replaces the book's grid")
      ->group("Grid");
  value("--corridor", flags.corridor, "X,...",
        "Aggregate corridors to quote, ascending: attachment = corridor x expected claims")
      ->group("Grid");
  value("--levels", flags.levels, "P,...", "Levels of VaR and TVaR (default 0.99)")->group("Grid");
  value("--principles", flags.principles, "NAME,...", principle_help())->group("Premium");
  value("--pricing", flags.pricing, "FILE", "Loads from a TOML file")->group("Premium");
  app.add_option("--load", flags.loads, load_help())
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->group("Premium");
  value("--rules", flags.rules, "FILE", "State rules from a CSV file instead of those built in")
      ->group("Premium");
  value("--years", flags.years, "N", "Policy years to simulate (default 100000)")->group("Run");
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
  value("--seed", flags.seed, "S", "Key of the random numbers (default 1)")->group("Run");
  value("--device", flags.device, "NAME", "auto, cpu or cuda (default auto)")->group("Run");
  value("--threads", flags.threads, "N", "CPU threads (default: all); results do not depend on it")
      ->group("Run");
  value("--memory-limit", flags.memory_limit, "SIZE", "Memory to stay within, as 8GB")
      ->group("Run");
  value("--method", flags.method, "NAME",
        "both: exact laws where there are, the simulation beside them; exact: no simulation; "
        "simulate: no exact laws (default both)");
  value("--instruction-set", flags.instruction_set, "NAME",
        "scalar, avx2 or avx512 (default: the best there is); results do not depend on it")
      ->group("Run");
}

PriceRequest checked(const PriceFlags& flags) {
  PriceRequest request;
  request.book = flags.book;
  request.json = flags.json;
  request.csv_to_stdout = flags.csv == "-";
  request.force = flags.force;
  request.quiet = flags.quiet;
  request.dry_run = flags.dry_run;
  request.csv_bom = flags.csv_bom;
  request.options = run_options(flags);
  if (flags.rules) {
    request.options.rules = std::make_shared<const RuleBook>(load_rules(*flags.rules));
  }
  request.basis = pricing_basis(flags);
  check_destinations(flags, request);
  return request;
}

}  // namespace corridor::cli
