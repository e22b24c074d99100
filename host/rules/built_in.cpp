// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/rules.hpp"
#include "host/rules/state_rules.hpp"

namespace corridor {

const RuleBook& built_in_rules() {
  static const RuleBook book = parse_rules(state_rules_text, "built-in rules");
  return book;
}

}  // namespace corridor
