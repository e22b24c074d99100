// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "corridor/rules.hpp"

namespace corridor {

/// The words of an enumeration in the order of its values; the values count from 0.
template <class Value>
struct RuleWords;

template <>
struct RuleWords<RuleAddressee> {
  static constexpr std::array<std::string_view, 5> words{
      "all", "small_employer", "large_employer", "municipal_cooperative", "nonprofit_service_plan"};
};
template <>
struct RuleWords<SizeBasis> {
  static constexpr std::array<std::string_view, 5> words{"any", "eligible", "full_time",
                                                         "prior_year", "enrolled"};
};
template <>
struct RuleWords<PersonUnit> {
  static constexpr std::array<std::string_view, 2> words{"member", "employee"};
};
template <>
struct RuleWords<ExpectedBasis> {
  static constexpr std::array<std::string_view, 3> words{"both", "gross", "net"};
};
template <>
struct RuleWords<LaserRule> {
  static constexpr std::array<std::string_view, 3> words{"ok", "none", "max_multiple"};
};
template <>
struct RuleWords<CoversRequired> {
  static constexpr std::array<std::string_view, 4> words{"any", "specific", "aggregate", "both"};
};
template <>
struct RuleWords<RuleEffect> {
  static constexpr std::array<std::string_view, 4> words{
      "not_recorded", "prohibits", "treated_as_health_insurance", "file_only"};
};
template <>
struct RuleWords<RuleStatus> {
  static constexpr std::array<std::string_view, 4> words{"binding", "advisory", "stale",
                                                         "reference"};
};
template <>
struct RuleWords<RuleOutcome> {
  static constexpr std::array<std::string_view, 5> words{"not_applicable", "ok", "stale", "unknown",
                                                         "violates"};
};
template <>
struct RuleWords<RulePart> {
  static constexpr std::array<std::string_view, 8> words{"selection",       "sale",      "covers",
                                                         "specific",        "aggregate", "lasers",
                                                         "aggregate_share", "run_out"};
};
template <>
struct RuleWords<RuleReason> {
  static constexpr std::array<std::string_view, 16> words{"met",
                                                          "not_met",
                                                          "met_gross_only",
                                                          "met_net_only",
                                                          "no_state",
                                                          "no_rule_recorded",
                                                          "other_month",
                                                          "month_not_known",
                                                          "other_size",
                                                          "size_not_known",
                                                          "size_differs",
                                                          "size_not_recorded",
                                                          "other_addressee",
                                                          "no_such_cover",
                                                          "employees_not_known",
                                                          "expected_not_known"};
};

template <class Value>
constexpr std::string_view word_of(Value value) {
  return RuleWords<Value>::words[static_cast<std::size_t>(value)];
}

template <class Value>
constexpr std::optional<Value> value_of(std::string_view word) {
  constexpr auto& words = RuleWords<Value>::words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<Value>(i);
  }
  return std::nullopt;
}

}  // namespace corridor
