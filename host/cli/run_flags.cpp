// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/run_flags.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>

#include "corridor/error.hpp"
#include "host/cli/choices.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

const std::vector<std::string> instruction_set_names{"scalar", "avx2", "avx512"};

std::string principle_help(const std::string& opening) {
  std::string help = opening;
  for (const PrincipleInfo& principle : premium_principles()) {
    help += "\n" + principle.name + ": " + principle.formula;
  }
  return help;
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

void read_premium(const RunFlags& flags, RunOptions& options) {
  if (flags.levels) options.levels = levels("--levels", *flags.levels);
  if (flags.principles) {
    options.principles = names("--principles", *flags.principles, principle_names());
  }
}

void read_machine(const RunFlags& flags, RunOptions& options) {
  if (flags.device) options.device = one_name("--device", *flags.device, device_names);
  if (flags.instruction_set) {
    options.instruction_set =
        one_name("--instruction-set", *flags.instruction_set, instruction_set_names);
  }
  if (flags.threads) {
    options.threads =
        static_cast<unsigned>(whole_number("--threads", *flags.threads, 1, most_threads));
  }
  if (flags.memory_limit) {
    options.memory_limit_bytes = memory_bytes("--memory-limit", *flags.memory_limit);
  }
}

}  // namespace

const std::vector<std::string> device_names{"auto", "cpu", "cuda"};

CLI::Option* add_value(CLI::App& app, const std::string& name, FlagText& target,
                       const std::string& type, const std::string& help) {
  return app.add_option(name, target, help)->type_name(type);
}

void declare_premium_flags(CLI::App& app, RunFlags& flags, const std::string& principles_help) {
  offer(add_value(app, "--principles", flags.principles, "NAME,...",
                  principle_help(principles_help))
            ->group("Premium"),
        principle_names());
  add_value(app, "--pricing", flags.pricing, "FILE", "Loads from a TOML file")->group("Premium");
  app.add_option("--load", flags.loads, load_help())
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->group("Premium");
}

void declare_processor(CLI::App& app, RunFlags& flags) {
  const auto value = [&](const std::string& name, FlagText& target, const std::string& type,
                         const std::string& help) {
    return add_value(app, name, target, type, help)->group("Run");
  };
  offer(value("--device", flags.device, "NAME", "auto, cpu or cuda (default auto)"), device_names);
  value("--threads", flags.threads, "N", "CPU threads (default: all); results do not depend on it");
  offer(value("--instruction-set", flags.instruction_set, "NAME",
              "scalar, avx2 or avx512 (default: the best there is); results do not depend on it"),
        instruction_set_names);
}

void declare_seed_and_machine(CLI::App& app, RunFlags& flags) {
  add_value(app, "--seed", flags.seed, "S", "Key of the random numbers (default 1)")->group("Run");
  declare_processor(app, flags);
  add_value(app, "--memory-limit", flags.memory_limit, "SIZE", "Memory to stay within, as 8GB")
      ->group("Run");
}

void require_book(const std::string& book, const std::string& command) {
  if (!book.empty()) return;
  throw Error(ErrorKind::usage, "BOOK is required. See corridor " + command + " --help");
}

RunOptions run_options(const RunFlags& flags) {
  RunOptions options;
  if (flags.years) {
    options.years = static_cast<std::uint32_t>(
        whole_number("--years", *flags.years, 1, std::numeric_limits<std::uint32_t>::max()));
  }
  if (flags.seed) {
    options.seed =
        whole_number("--seed", *flags.seed, 0, std::numeric_limits<std::uint64_t>::max());
  }
  read_premium(flags, options);
  read_machine(flags, options);
  return options;
}

PricingBasis pricing_basis(const RunFlags& flags) {
  PricingBasis basis = flags.pricing ? load_pricing(*flags.pricing) : PricingBasis{};
  for (const std::string& assignment : flags.loads) apply_load(basis, assignment);
  return basis;
}

}  // namespace corridor::cli
