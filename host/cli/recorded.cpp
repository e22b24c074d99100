// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/recorded.hpp"

namespace corridor::cli {
namespace {

bool is_recorded(const CLI::Option& option) {
  return option.count() > 0 && option.get_group() != "Output" &&
         option.get_group() != "Messages" && !option.check_lname("from") &&
         !option.check_lname("help");
}

void take(const FlagText& typed, FlagText& flag) {
  if (typed) flag = typed;
}

}  // namespace

std::vector<std::string> recorded_arguments(const CLI::App& app) {
  std::vector<std::string> positional, flags;
  for (const CLI::Option* option : app.get_options()) {
    if (!is_recorded(*option)) continue;
    if (option->get_positional()) {
      for (const std::string& value : option->results()) positional.push_back(value);
      continue;
    }
    const std::string name = "--" + option->get_lnames().front();
    if (option->get_expected_max() == 0) {
      flags.push_back(name);
      continue;
    }
    for (const std::string& value : option->results()) flags.push_back(name + "=" + value);
  }
  positional.insert(positional.end(), flags.begin(), flags.end());
  return positional;
}

void take_machine(const RunFlags& typed, RunFlags& flags) {
  take(typed.device, flags.device);
  take(typed.threads, flags.threads);
  take(typed.instruction_set, flags.instruction_set);
  take(typed.memory_limit, flags.memory_limit);
}

}  // namespace corridor::cli
