// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <nlohmann/json_fwd.hpp>
#include <span>

#include "corridor/error.hpp"

namespace corridor::cli {

/// {"severity", "code", "file", "dataset", "row", "group", "value", "message", "fix"}; what a
/// problem does not have is null.
nlohmann::json as_json(const Problem& problem);

/// Says a problem on stderr, or as an event.
void say_problem(const Problem& problem);

/// Says on stderr what went wrong, and with `json` once more on stdout as
/// {"error": {"kind", "exit_code", "message", "problems": [...]}}. Returns the exit code.
/// A run that was asked to stop by a signal ends with 128 + signal, whatever it threw on the way.
int report_failure(const std::exception_ptr& failure, bool json);

}  // namespace corridor::cli
