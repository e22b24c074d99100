// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host/cli/run_flags.hpp"

namespace corridor::cli {

/// Flags that say where results go, as typed.
struct OutputFlags {
  FlagText output, csv;
  bool json = false, force = false, quiet = false, dry_run = false;
};

/// The same, checked.
struct Outputs {
  std::string output_path, csv_path;  ///< "" where not asked for
  bool csv_to_stdout = false, json = false, force = false, quiet = false, dry_run = false;

  bool prints_table() const { return !quiet && !json && !csv_to_stdout; }
};

/// -o, --csv, --json, --force and --quiet.
void declare_result_flags(CLI::App& app, OutputFlags& flags, const std::string& output_help,
                          const std::string& csv_help);

/// The same and --dry-run.
void declare_output_flags(CLI::App& app, OutputFlags& flags, const std::string& output_help,
                          const std::string& csv_help);

/// Checks every destination before the work.
///
/// `extensions`  that -o may have
/// throws        Error{usage} naming flag and remedy; Error{cannot_create}
Outputs checked_outputs(const OutputFlags& flags, const std::vector<std::string>& extensions,
                        const std::string& book);

}  // namespace corridor::cli
