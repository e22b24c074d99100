// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>

#include "corridor/rules.hpp"

namespace corridor {

/// A column of a rule file.
struct RuleColumn {
  std::string name;
  bool required = false;  ///< the column must be there and no cell of it empty
  /// Reads a cell into a rule; returns what is wrong with it, "" if nothing.
  std::function<std::string(const std::string& cell, Rule& rule)> read;
};

/// THE list of columns, in the order of data/rules/state_rules.csv.
std::span<const RuleColumn> rule_columns();

/// A rule in which nothing is asked for.
Rule empty_rule();

}  // namespace corridor
