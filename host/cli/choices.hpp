// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace CLI {
class Option;
}

namespace corridor::cli {

/// Notes the names that an option knows, for completions and the manual. Checks nothing: the command
/// does, with a better message.
CLI::Option* offer(CLI::Option* option, const std::vector<std::string>& names);

/// The names noted; none where the option takes anything.
std::vector<std::string> offered(const CLI::Option& option);

}  // namespace corridor::cli
