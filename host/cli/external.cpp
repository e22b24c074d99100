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

bool runs(const std::filesystem::path& program) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(program, ignored) &&
         ::access(program.c_str(), X_OK) == 0;
}

/// Folders of PATH. An empty entry would mean the working folder: a book's folder must not supply
/// programs.
std::vector<std::filesystem::path> folders_on_path() {
  const char* path = std::getenv("PATH");
  std::vector<std::filesystem::path> folders;
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    if (!folder.empty()) folders.emplace_back(folder);
  }
  return folders;
}

std::filesystem::path own_folder() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace

std::optional<std::string> external_command(const std::string& name) {
  if (!is_command_name(name)) return std::nullopt;
  std::vector<std::filesystem::path> folders = folders_on_path();
  if (const std::filesystem::path own = own_folder(); !own.empty()) folders.push_back(own);
  for (const std::filesystem::path& folder : folders) {
    const std::filesystem::path program = folder / ("corridor-" + name);
    if (runs(program)) return program.string();
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
