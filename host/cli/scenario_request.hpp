// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/scenario.hpp"
#include "host/cli/outputs.hpp"
#include "host/cli/run_flags.hpp"

namespace corridor::cli {

/// The flags of `corridor scenario`, as typed.
struct ScenarioFlags : RunFlags, OutputFlags {
  std::string book, stress;
  FlagText table, method, return_periods;
  bool list = false, no_treaties = false;
};

/// The same, understood and checked.
struct ScenarioRequest : Outputs {
  std::string book;
  std::string table;  ///< that CSV shows
  Stress stress;
  TailOptions options;
};

void declare_flags(CLI::App& app, ScenarioFlags& flags);

/// Checks all that can be checked without opening the book; reads the stress.
///
/// throws  Error{usage} naming flag, value and remedy; Error{cannot_create}; what find_stress and
///         load_pricing throw
ScenarioRequest checked(const ScenarioFlags& flags);

}  // namespace corridor::cli
