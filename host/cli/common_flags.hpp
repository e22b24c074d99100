// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host/cli/run_log.hpp"

namespace CLI {
class App;
}

namespace corridor::cli {

/// --log-format, --log-file, --verbose, --color and --no-color, and --quiet where the command has
/// none of its own.
void declare_common_flags(CLI::App& app);

/// Reads where messages go and their colours, before anything else is understood: a mistake in the
/// other arguments is told in the format that was asked for.
///
/// throws  Error{usage}, Error{cannot_create}
void apply_common_flags(const std::vector<std::string>& arguments);

/// What a parsed command line says of --quiet and --verbose.
void apply_loudness(const CLI::App& app);

}  // namespace corridor::cli
