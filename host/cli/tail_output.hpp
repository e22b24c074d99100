// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/result_file.hpp"
#include "host/cli/tail_request.hpp"

namespace corridor::cli {

/// A book may have no treaties; said after the study, that would cost its years.
///
/// throws  Error{usage} where the book lacks what --table names
void require_table_in_book(const TailRequest& request);

/// Says the warnings, writes the files, prints what is to be printed, and returns the exit code.
int delivered(const TailRequest& request, ResultFile& results, const std::string& command_line);

}  // namespace corridor::cli
