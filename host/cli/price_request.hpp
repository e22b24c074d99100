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
}

namespace corridor::cli {

/// The flags of `corridor price`, as typed.
struct PriceFlags {
  using Text = std::optional<std::string>;

  std::string book;
  Text output, csv;
  Text specific, corridor, levels, principles;
  Text target_se, max_years;
  Text years, seed, threads, device, instruction_set, memory_limit;
  Text pricing, rules, method;
  Text explain;
  std::vector<std::string> loads;
  bool json = false, force = false, quiet = false, dry_run = false, csv_bom = false;
  bool control_variates = false;
  bool joint = false;
};

/// The same, understood and checked.
struct PriceRequest {
  std::string book;
  std::string output_path, csv_path;  ///< "" where not asked for
  bool csv_to_stdout = false, json = false, force = false, quiet = false, dry_run = false;
  bool csv_bom = false;
  RunOptions options;
  PricingBasis basis;

  bool explains() const { return !options.explain_group.empty(); }
  bool prints_table() const { return !quiet && !json && !csv_to_stdout; }
};

void declare_flags(CLI::App& app, PriceFlags& flags);

/// Checks all that can be checked without opening the book, the destinations included, so that a
/// mistake costs no simulation.
///
/// throws  Error{usage} naming flag, value and remedy; Error{cannot_create}; what load_pricing
/// throws
PriceRequest checked(const PriceFlags& flags);

}  // namespace corridor::cli
