// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/tail.hpp"
#include "host/cli/outputs.hpp"
#include "host/cli/run_flags.hpp"

namespace corridor::cli {

/// The flags of `corridor tail`, as typed.
struct TailFlags : RunFlags, OutputFlags {
  std::string book;
  FlagText table, return_periods, contributions, members, from;
  std::vector<std::string> marginal;
  bool no_treaties = false;
};

/// The same, understood and checked.
struct TailRequest : Outputs {
  std::string book;
  std::string table;  ///< that CSV shows
  TailOptions options;
};

void declare_flags(CLI::App& app, TailFlags& flags);
/// The same without outputs: what the study is, not where it goes.
void declare_study_flags(CLI::App& app, TailFlags& flags);
void declare_table(CLI::App& app, TailFlags& flags);

/// Checks all that can be checked without opening the book, the destinations included, so that a
/// mistake costs no simulation.
///
/// throws  Error{usage} naming flag, value and remedy; Error{cannot_create}; what load_pricing
/// throws
TailRequest checked(const TailFlags& flags);

}  // namespace corridor::cli
