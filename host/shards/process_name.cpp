// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/process_name.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>

namespace corridor::shards {
namespace {

/// First digits of the identity that a machine gives itself when it starts.
std::string boot() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string text;
  std::getline(file, text);
  constexpr std::size_t enough = 8;
  return text.substr(0, enough);
}

/// "pid:[4026531836]": processes of one number in two containers are two.
std::string number_space() {
  char text[64] = {};
  const ssize_t size = readlink("/proc/self/ns/pid", text, sizeof text - 1);
  std::string digits;
  for (ssize_t i = 0; i < size; ++i) {
    if (text[i] >= '0' && text[i] <= '9') digits += text[i];
  }
  return digits;
}

/// Host names may be given twice, to machines made alike and to containers of one machine.
std::string host() {
  char name[256] = {};
  const bool is_named = gethostname(name, sizeof name - 1) == 0;
  return std::string(is_named ? name : "unknown") + "-" + boot() + "-" + number_space();
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
