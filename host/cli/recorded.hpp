// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/run_flags.hpp"

namespace corridor::cli {

/// What a parsed command line says of its study: the positional argument and every flag but those
/// of the groups Output and Messages and --from, each as one argument that parses the same again.
std::vector<std::string> recorded_arguments(const CLI::App& app);

/// The flags of a command as recorded arguments say them.
///
/// throws  Error{usage} for arguments that the command does not know
template <class Flags>
Flags flags_from(const std::string& command, const std::vector<std::string>& arguments) {
  CLI::App app("", "corridor " + command);
  Flags flags;
  declare_flags(app, flags);
  parse_arguments(app, arguments);
  return flags;
}

/// Flags of the machine that were typed take the place of recorded ones.
void take_machine(const RunFlags& typed, RunFlags& flags);

}  // namespace corridor::cli
