// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "corridor/rules.hpp"
#include "host/rules/ruled_group.hpp"

namespace corridor {

/// A rule of a group's state, and whether it is the group's.
struct AppliedRule {
  std::uint32_t rule = no_rule;
  RuleOutcome outcome = RuleOutcome::ok;  ///< ok: it applies; else not_applicable or unknown
  RuleReason reason = RuleReason::met;
};

/// Chooses rules by situs state, policy month and size.
class RulesByState {
 public:
  /// `book` must outlive this.
  explicit RulesByState(const RuleBook& book);

  /// At least one entry. A state of which nothing is recorded for the group, not even that it is
  /// outside the rules, is one entry of unknown without a rule.
  std::vector<AppliedRule> applied(const RuledGroup& group) const;

 private:
  const RuleBook& book_;
  std::map<std::string, std::vector<std::uint32_t>> by_state_;
};

}  // namespace corridor
