// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/law_table.hpp"

#include <algorithm>

namespace corridor {
namespace {

/// Columns of the kinds that have some; every other list is an attribute.
constexpr std::string_view columns[] = {"upper_usd",
                                        "probability",
                                        "mean_usd",
                                        "threshold_usd",
                                        "amount_usd",
                                        "weight",
                                        "limited_expected_value_usd"};

bool is_column(std::string_view key) {
  return std::find(std::begin(columns), std::end(columns), key) != std::end(columns);
}

std::vector<double> numbers_of(const toml::array& array) {
  std::vector<double> numbers;
  for (const toml::node& each : array) {
    if (each.is_number()) numbers.push_back(each.value<double>().value_or(NAN));
  }
  return numbers;
}

}  // namespace

DistributionSpec law_of_table(const toml::table& table, const std::string& path,
                              TomlProblems& problems) {
  DistributionSpec law;
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const toml::array* array = node.as_array();
    if (node.is_string()) {
      const std::string text = node.value<std::string>().value_or("");
      name == "kind" ? law.kind = text : law.texts[name] = text;
    } else if (node.is_number()) {
      law.numbers[name] = {node.value<double>().value_or(NAN)};
    } else if (array != nullptr && numbers_of(*array).size() == array->size()) {
      (is_column(name) ? law.columns : law.numbers)[name] = numbers_of(*array);
    } else {
      problems.add(path + name, "E_TYPE", node.source(), "is no number, list of numbers or text",
                   "Write the law as in law = { kind = \"lognormal\", mean_usd = 2e6, cv = 0.4 }");
    }
  }
  if (law.kind.empty()) {
    problems.add(path + "kind", "E_MISSING", table.source(), "is missing",
                 "Write the law as in law = { kind = \"lognormal\", mean_usd = 2e6, cv = 0.4 }");
  }
  return law;
}

}  // namespace corridor
