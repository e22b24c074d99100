// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/rules.hpp"
#include "host/rules/ruled_group.hpp"

namespace corridor {

/// What rules ask of one option.
struct RuledOption {
  double deductible_usd = 0;  ///< infinite: no specific cover
  bool has_aggregate = false;
  double attachment_usd = 0;
  double retained_usd = 0;  ///< expected claims that the specific leaves
};

/// Compares an option with a rule that applies to its group: one finding for each part of the rule,
/// `quote` and `rule` left to the caller.
void compare(const Rule& rule, const RuledGroup& group, const RuledOption& option,
             std::vector<RuleFinding>& findings);

}  // namespace corridor
