// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace corridor::cli {

/// Path of the program "corridor-NAME" on PATH, else in this program's own folder, or nothing.
std::optional<std::string> external_command(const std::string& name);

/// Becomes that program. Returns only by throwing Error{usage} when it cannot be started.
[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace corridor::cli
