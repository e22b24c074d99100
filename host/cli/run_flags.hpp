// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corridor/pricing.hpp"
#include "corridor/run_options.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace corridor::cli {

/// A flag's value as typed; none where the flag was left out.
using FlagText = std::optional<std::string>;

/// What --device takes.
extern const std::vector<std::string> device_names;

/// Declares an option with one value.
CLI::Option* add_value(CLI::App& app, const std::string& name, FlagText& target,
                       const std::string& type, const std::string& help);

/// Flags of every command that simulates a book and prices it.
struct RunFlags {
  FlagText levels, principles, pricing;
  FlagText years, seed, threads, device, instruction_set, memory_limit;
  std::vector<std::string> loads;
};

/// --principles, whose help opens with `principles_help`, --pricing and --load.
void declare_premium_flags(CLI::App& app, RunFlags& flags, const std::string& principles_help);
void declare_seed_and_machine(CLI::App& app, RunFlags& flags);
/// --device, --threads and --instruction-set: what no result depends on.
void declare_processor(CLI::App& app, RunFlags& flags);

/// Where results may name the book, the command line need not.
///
/// throws  Error{usage} where neither did
void require_book(const std::string& book, const std::string& command);

/// What the flags say, over what is usual.
///
/// throws  Error{usage} naming flag, value and remedy
RunOptions run_options(const RunFlags& flags);

/// Loads of the file, then of --load.
///
/// throws  Error{usage}; what load_pricing throws
PricingBasis pricing_basis(const RunFlags& flags);

}  // namespace corridor::cli
