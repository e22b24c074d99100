// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/result_file.hpp"
#include "host/cli/tail_request.hpp"

namespace corridor::cli {

/// Says the warnings, writes the files, prints what is to be printed, and returns the exit code.
int delivered(const TailRequest& request, ResultFile& results, const std::string& command_line);

}  // namespace corridor::cli
