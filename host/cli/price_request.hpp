// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/pricing.hpp"
#include "corridor/run_options.hpp"
#include "host/cli/outputs.hpp"
#include "host/cli/run_flags.hpp"

namespace CLI {
class App;
}

namespace corridor::cli {

/// The flags of `corridor price`, as typed.
struct PriceFlags : RunFlags, OutputFlags {
  std::string book;
  FlagText specific, corridor, target_se, max_years, rules, method, explain, from;
  bool csv_bom = false, control_variates = false, joint = false;
};

/// The same, understood and checked.
struct PriceRequest : Outputs {
  std::string book;
  bool csv_bom = false;
  RunOptions options;
  PricingBasis basis;

  bool explains() const { return !options.explain_group.empty(); }
};

void declare_flags(CLI::App& app, PriceFlags& flags);
/// The same without outputs: what the quotes are, not where they go.
void declare_study_flags(CLI::App& app, PriceFlags& flags);
void declare_csv_bom(CLI::App& app, PriceFlags& flags);

/// Checks all that can be checked without opening the book, the destinations included, so that a
/// mistake costs no simulation.
///
/// throws  Error{usage} naming flag, value and remedy; Error{cannot_create}; what load_pricing
/// throws
PriceRequest checked(const PriceFlags& flags);

}  // namespace corridor::cli
