// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/dispatch.hpp"

#include "corridor/error.hpp"
#include "kernels/backend.hpp"

namespace corridor::cpu {
namespace {

/// THE list of instruction sets of this build, best last.
const InstructionSet* const built_sets[] = {
    &scalar,
};

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

std::vector<std::string> instruction_sets() {
  std::vector<std::string> names;
  for (const InstructionSet* set : built_sets) {
    if (set->supported()) names.emplace_back(set->name);
  }
  return names;
}

const InstructionSet& find_instruction_set(const std::string& name) {
  const InstructionSet* found = nullptr;
  for (const InstructionSet* set : built_sets) {
    if (set->supported() && (name.empty() || name == set->name)) found = set;
  }
  if (found != nullptr) return *found;
  throw Error(ErrorKind::usage, "instruction set '" + name +
                                    "' is not available (this build on this processor has: " +
                                    listed(instruction_sets()) +
                                    "). Leave it out for the best one");
}

}  // namespace corridor::cpu
