// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/choices.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace corridor::cli {
namespace {

// CLI11 keeps nothing of ours with an option but its checks, and a check has a name that help does not
// show.
constexpr const char* mark = "names:";

}  // namespace

CLI::Option* offer(CLI::Option* option, const std::vector<std::string>& names) {
  CLI::Validator passes([](std::string&) { return std::string(); }, "");
  return option->check(passes.name(fmt::format("{}{}", mark, fmt::join(names, ","))));
}

std::vector<std::string> offered(const CLI::Option& option) {
  std::vector<std::string> names;
  try {
    const CLI::Validator* first = const_cast<CLI::Option&>(option).get_validator(0);
    if (first->get_name().starts_with(mark)) {
      names = CLI::detail::split(first->get_name().substr(std::string(mark).size()), ',');
    }
  } catch (const CLI::OptionNotFound&) {
    // An option without checks.
  }
  return names;
}

}  // namespace corridor::cli
