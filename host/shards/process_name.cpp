// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/process_name.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>

namespace corridor::shards {
namespace {

std::string host() {
  char name[256] = {};
  if (gethostname(name, sizeof name - 1) != 0) return "unknown";
  return name;
}

/// Field 22 of /proc/PID/stat, clock ticks since the machine's start; empty without such a process.
std::string started(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  // The second field is a name in parentheses, which may hold anything.
  std::size_t at = text.rfind(')');
  if (at == std::string::npos) return {};
  constexpr int spaces = 20;
  for (int i = 0; i < spaces; ++i) {
    at = text.find(' ', at + 1);
    if (at == std::string::npos) return {};
  }
  return text.substr(at + 1, text.find(' ', at + 1) - at - 1);
}

}  // namespace

std::string own_process() {
  const std::string pid = std::to_string(getpid());
  return host() + "." + pid + "." + started(pid);
}

bool is_dead_here(std::string_view process) {
  const std::size_t start = process.rfind('.');
  if (start == std::string_view::npos || start == 0) return false;
  const std::size_t pid = process.rfind('.', start - 1);
  if (pid == std::string_view::npos || process.substr(0, pid) != host()) return false;
  const std::string number(process.substr(pid + 1, start - pid - 1));
  if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos) return false;
  return started(number) != process.substr(start + 1);
}

}  // namespace corridor::shards
