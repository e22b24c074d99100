// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "corridor/scenario.hpp"
#include "host/nearest.hpp"
#include "host/scenario/stress_texts.hpp"
#include "host/toml/section.hpp"

namespace corridor {
namespace {

std::vector<Stress> parsed() {
  std::vector<Stress> stresses;
  for (const StressText& text : stress_texts()) {
    stresses.push_back(parse_stress(std::string(text.text), "built-in " + std::string(text.name)));
  }
  return stresses;
}

bool is_path(const std::string& text) {
  return text.ends_with(".toml") || text.find('/') != std::string::npos;
}

}  // namespace

const std::vector<Stress>& built_in_stresses() {
  static const std::vector<Stress> stresses = parsed();
  return stresses;
}

Stress find_stress(const std::string& name_or_path) {
  if (is_path(name_or_path)) {
    return parse_stress(toml_text(name_or_path, "stress"), name_or_path);
  }
  std::vector<std::string> names;
  std::string list;
  for (const Stress& stress : built_in_stresses()) {
    if (stress.name == name_or_path) return stress;
    names.push_back(stress.name);
    list += (list.empty() ? "" : ", ") + stress.name;
  }
  const std::string close = nearest_name(name_or_path, names);
  throw Error(ErrorKind::usage, "there is no built-in stress '" + name_or_path + "'. " +
                                    (close.empty() ? "" : "Did you mean '" + close + "'? ") +
                                    "Known are " + list + "; a file's name ends in .toml");
}

}  // namespace corridor
