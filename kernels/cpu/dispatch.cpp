// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/dispatch.hpp"

#include "corridor/error.hpp"
#include "kernels/backend.hpp"

namespace corridor::cpu {
namespace {

/// THE list of instruction sets of this build, best last.
struct BuiltSet {
  const InstructionSet& loops;
  bool (*supported)();
};
constexpr BuiltSet built_sets[] = {
    {scalar, [] { return true; }},
#if defined(__x86_64__)
    {avx2, [] { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }},
    {avx512,
     [] {
       return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
              __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
              __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
     }},
#endif
};

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

std::vector<std::string> instruction_sets() {
  std::vector<std::string> names;
  for (const BuiltSet& set : built_sets) {
    if (set.supported()) names.emplace_back(set.loops.name);
  }
  return names;
}

const InstructionSet& find_instruction_set(const std::string& name) {
  const InstructionSet* found = nullptr;
  for (const BuiltSet& set : built_sets) {
    if (set.supported() && (name.empty() || name == set.loops.name)) found = &set.loops;
  }
  if (found != nullptr) return *found;
  throw Error(ErrorKind::usage, "instruction set '" + name +
                                    "' is not available (this build on this processor has: " +
                                    listed(instruction_sets()) +
                                    "). Leave it out for the best one");
}

}  // namespace corridor::cpu
