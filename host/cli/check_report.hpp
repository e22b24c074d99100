// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/rules.hpp"

namespace corridor::cli {

/// What a check found, and how much of it to show.
struct CheckReport {
  std::string book;
  const RuleBook& rules;
  const RuleCheck& check;
  bool all = false;  ///< also what is met or does not apply
};

/// Options whose worst finding is each outcome.
struct OutcomeCounts {
  std::size_t options = 0;
  std::size_t of[5] = {};  ///< [RuleOutcome]

  std::size_t operator[](RuleOutcome outcome) const { return of[static_cast<int>(outcome)]; }
  /// Nothing violates and nothing is unknown.
  bool passed() const {
    return (*this)[RuleOutcome::violates] == 0 && (*this)[RuleOutcome::unknown] == 0;
  }
};
OutcomeCounts outcome_counts(const RuleCheck& check);

/// For people: a block a group, then every rule that was named, then a line of counts.
std::string check_text(const CheckReport& report);
/// One document: summary, findings, rules.
std::string check_json(const CheckReport& report);
/// A row a finding; RFC 4180.
std::string check_csv(const CheckReport& report);

}  // namespace corridor::cli
