// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/employer.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>
#include <memory>
#include <optional>

#include "host/cli/choices.hpp"
#include "host/cli/command.hpp"
#include "host/cli/destination.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/run_flags.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

using Text = std::optional<std::string>;

/// Years enough for the P99 of a month; a month takes as long as the study of the whole year.
constexpr std::uint32_t monthly_years_usual = 20'000;

/// The flags of `corridor employer`, as typed.
struct EmployerFlags {
  std::string book, group;
  Text arrangement, output, specific, corridor, confidence, years, seed, device, threads,
      memory_limit, pricing;
  std::vector<std::string> loads;
  bool monthly = false, json = false, force = false, quiet = false;
};

/// The same, understood and checked.
struct EmployerRequest {
  std::string output_path;  ///< "" where not asked for
  Arrangement arrangement;
  RunOptions options;
  PricingBasis basis;
};

void require_extension(const std::string& path) {
  for (const ReportFormat& format : report_formats()) {
    if (path.ends_with(format.extension)) return;
  }
  throw Error(
      ErrorKind::usage,
      fmt::format("-o {}: the ending names no format. Known are .h5, .csv, .json, .txt", path));
}

double confidence_of(const std::string& text) {
  const std::vector<Level> given = levels("--confidence", text);
  if (given.size() == 1) return given.front().value;
  throw Error(ErrorKind::usage,
              fmt::format("--confidence {}: give one share of years, such as 0.90", text));
}

RunOptions run_options(const EmployerFlags& flags) {
  RunOptions options;
  if (flags.specific) options.specific_usd = deductibles_usd("--specific", *flags.specific);
  if (flags.corridor) options.corridor = corridors("--corridor", *flags.corridor);
  if (flags.years) {
    options.years = static_cast<std::uint32_t>(
        whole_number("--years", *flags.years, 2, std::numeric_limits<std::uint32_t>::max()));
  }
  if (flags.seed) {
    options.seed =
        whole_number("--seed", *flags.seed, 0, std::numeric_limits<std::uint64_t>::max());
  }
  if (flags.device) options.device = one_name("--device", *flags.device, device_names);
  if (flags.threads) {
    options.threads = static_cast<unsigned>(whole_number("--threads", *flags.threads, 1, 4096));
  }
  if (flags.memory_limit) {
    options.memory_limit_bytes = memory_bytes("--memory-limit", *flags.memory_limit);
  }
  return options;
}

EmployerRequest checked(const EmployerFlags& flags) {
  EmployerRequest request;
  request.options = run_options(flags);
  if (flags.arrangement) request.arrangement = load_arrangement(*flags.arrangement);
  if (flags.confidence) request.arrangement.confidence = confidence_of(*flags.confidence);
  if (flags.monthly && request.arrangement.monthly_years == 0) {
    request.arrangement.monthly_years = monthly_years_usual;
  }
  if (flags.pricing) request.basis = load_pricing(*flags.pricing);
  for (const std::string& assignment : flags.loads) apply_load(request.basis, assignment);
  if (flags.quiet && !flags.output && !flags.json) {
    throw Error(ErrorKind::usage, "--quiet: the results would go nowhere. Give -o or --json too");
  }
  if (flags.output) {
    require_extension(*flags.output);
    request.output_path = checked_destination({"-o", *flags.output}, flags.book, flags.force);
  }
  return request;
}

EmployerStudy studied(const EmployerFlags& flags, const EmployerRequest& request) {
  RunWatch watch(flags.quiet);
  return study_employer(flags.book, flags.group, request.arrangement,
                        watch.watched(request.options), request.basis);
}

int employer(const EmployerFlags& flags, const std::string& command_line) {
  const EmployerRequest request = checked(flags);
  EmployerStudy study = studied(flags, request);
  study.run.command_line = command_line;
  say_warnings(study.warnings, flags.book);
  ReportOptions options;
  options.replace = flags.force;
  if (!request.output_path.empty()) write_employer(study, request.output_path, options);
  if (flags.json) {
    print(render_employer(study, "json", options));
  } else if (!flags.quiet) {
    print_report(render_employer(study, "text", options));
  }
  return gate_code(study.gate);
}

}  // namespace

Action declare_employer(CLI::App& app) {
  const auto flags = std::make_shared<EmployerFlags>();
  const auto value = [&](const std::string& name, Text& target, const std::string& type,
                         const std::string& help, const std::string& group) {
    return app.add_option(name, target, help)->type_name(type)->group(group);
  };
  app.add_option("BOOK", flags->book, "The book that holds the group, HDF5")
      ->required()
      ->type_name("FILE");
  app.add_option("--group", flags->group, "The employer's group_id")->required()->type_name("ID");
  value("--arrangement", flags->arrangement, "FILE",
        "Fees, budget, quoted or insured premium, level funding, plan design and sub-groups, TOML: "
        "data/employer.md",
        "Arrangement");
  value("--confidence", flags->confidence, "P",
        "Share of years that the proposed budget covers (default 0.90)", "Arrangement");
  value("--specific", flags->specific, "USD,...",
        "Specific deductibles to compare, ascending; inf: none (default: the bound one)",
        "Options");
  value("--corridor", flags->corridor, "X,...",
        "Aggregate corridors to compare, ascending (default: the bound terms)", "Options");
  app.add_flag("--monthly", flags->monthly, "The cost so far at the end of each month too")
      ->group("Options");
  value("-o,--output", flags->output, "FILE",
        "Where the study goes; the ending names the format: .h5, .csv, .json, .txt", "Output");
  app.add_flag("--json", flags->json, "The study as JSON on standard output, not the tables")
      ->group("Output");
  app.add_flag("--force", flags->force, "Replace an output file that exists")->group("Output");
  app.add_flag("-q,--quiet", flags->quiet, "No tables, progress or notes; errors still appear")
      ->group("Output");
  value("--pricing", flags->pricing, "FILE", "Loads of the priced premium from a TOML file",
        "Premium");
  app.add_option("--load", flags->loads, "One load, name=value; corridor price --help lists them")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->group("Premium");
  value("--years", flags->years, "N", "Policy years to simulate (default 100000)", "Run");
  value("--seed", flags->seed, "S", "Key of the random numbers (default 1)", "Run");
  offer(value("--device", flags->device, "NAME", "auto, cpu or cuda (default auto)", "Run"),
        device_names);
  value("--threads", flags->threads, "N", "CPU threads (default: all); results do not depend on it",
        "Run");
  value("--memory-limit", flags->memory_limit, "SIZE", "Memory to stay within, as 8GB", "Run");
  return [flags](const std::string& command_line) { return employer(*flags, command_line); };
}

}  // namespace corridor::cli
