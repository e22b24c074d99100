// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/external.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "corridor/error.hpp"
#include "host/cli/signals.hpp"

namespace corridor::cli {
namespace {

bool is_command_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  return !name.empty() && name.front() != '-' &&
         name.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

std::optional<std::string> external_command(const std::string& name) {
  const char* path = std::getenv("PATH");
  if (path == nullptr || !is_command_name(name)) return std::nullopt;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    // An empty entry would mean the working folder: a book's folder must not supply programs.
    if (folder.empty()) continue;
    const std::filesystem::path program = std::filesystem::path(folder) / ("corridor-" + name);
    std::error_code ignored;
    if (std::filesystem::is_regular_file(program, ignored) &&
        ::access(program.c_str(), X_OK) == 0) {
      return program.string();
    }
  }
  return std::nullopt;
}

void become(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  restore_signals();
  ::execv(program.c_str(), argv.data());
  throw Error(ErrorKind::usage, "cannot start " + program + ": " + std::strerror(errno));
}

}  // namespace corridor::cli
