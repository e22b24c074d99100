// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"

namespace corridor {

// What states ask of a stop-loss policy, as dated rows of data, and which options of a book meet
// them. A check of what was recorded, no legal advice: data/rules/README.md.

/// Whom a rule addresses. A book can tell employers by their size; it cannot say that a
/// policyholder is a municipal cooperative or that a carrier is a nonprofit.
enum class RuleAddressee : std::uint8_t {
  all,
  small_employer,
  large_employer,
  municipal_cooperative,
  nonprofit_service_plan,
};

/// Which employees a size counts. any: the law's way of counting is not recorded, so every size
/// that the book has must agree.
enum class SizeBasis : std::uint8_t { any, eligible, full_time, prior_year, enrolled };

enum class PersonUnit : std::uint8_t { member, employee };

/// Expected claims without any stop-loss, or what the specific leaves. both: not cited.
enum class ExpectedBasis : std::uint8_t { both, gross, net };

enum class LaserRule : std::uint8_t { ok, none, max_multiple };
enum class CoversRequired : std::uint8_t { any, specific, aggregate, both };

/// What a policy outside the rule is.
enum class RuleEffect : std::uint8_t {
  not_recorded,
  prohibits,
  treated_as_health_insurance,
  file_only,
};

/// How far a row can be relied on. advisory: from secondary or disagreeing sources. stale: known to
/// have changed since. reference: binds nobody and is never applied.
enum class RuleStatus : std::uint8_t { binding, advisory, stale, reference };

/// One row of a rule file; data/rules/README.md describes the columns. NaN: not asked for.
struct Rule {
  std::uint32_t line = 0;  ///< of the rule file
  std::string state;       ///< two capital letters; a reference row may have any name
  RuleAddressee applies_to = RuleAddressee::all;
  std::optional<double> size_lo, size_hi;  ///< employees, inclusive
  SizeBasis size_basis = SizeBasis::any;
  double specific_usd = 0, specific_of_expected = 0, specific_cap_usd = 0;
  double aggregate_of_expected = 0, aggregate_per_person_usd = 0, aggregate_floor_usd = 0;
  PersonUnit per = PersonUnit::member;
  bool is_maximum = false;  ///< the amounts are ceilings, not floors
  ExpectedBasis expected_basis = ExpectedBasis::both;
  LaserRule laser_rule = LaserRule::ok;
  double laser_multiple = 0;  ///< of the policy's specific deductible
  CoversRequired required_covers = CoversRequired::any;
  double aggregate_share_min = 0;  ///< of the excess over the attachment
  double run_out_min_months = 0;
  bool prohibited = false;  ///< no stop-loss at all for those addressed
  RuleEffect effect = RuleEffect::not_recorded;
  std::string effective_from, effective_to;  ///< first and last policy month, YYYY-MM; "": open
  RuleStatus status = RuleStatus::binding;
  std::string citation, source;
  std::string recorded_on, verified_on;  ///< YYYY-MM or YYYY-MM-DD
  std::string text;                      ///< the rule in one sentence
  std::string note;                      ///< what else it asks, and what is not certain
};

struct RuleBook {
  std::string name;  ///< the file, or "built-in rules"
  std::vector<Rule> rules;
};

/// The rows of data/rules/state_rules.csv as of the build.
const RuleBook& built_in_rules();

/// Reads a rule file's text; `name` is what messages call it.
///
/// throws  Error{bad_data} with every problem, each with line and column name
RuleBook parse_rules(std::string_view text, const std::string& name);

/// throws  Error{missing_input} when the file cannot be read; as parse_rules
RuleBook load_rules(const std::string& path);

/// From what passes to what is worst; unknown never passes.
enum class RuleOutcome : std::uint8_t { not_applicable, ok, stale, unknown, violates };

/// What of an option was compared. selection: whether a rule applies at all.
enum class RulePart : std::uint8_t {
  selection,
  sale,
  covers,
  specific,
  aggregate,
  lasers,
  aggregate_share,
  run_out,
};

enum class RuleReason : std::uint8_t {
  met,
  not_met,
  met_gross_only,    ///< met where expected claims are gross of stop-loss, not where they are net
  met_net_only,      ///< the reverse
  no_state,          ///< of the group, in the book
  no_rule_recorded,  ///< for the state
  other_month,       ///< the state's rows are for other policy months
  month_not_known,
  other_size,
  size_not_known,
  size_differs,       ///< by the way of counting, and the law's way is not recorded
  size_not_recorded,  ///< the law's own limit of a small or large employer
  other_addressee,
  no_such_cover,  ///< the option lacks the cover that is asked about
  employees_not_known,
  expected_not_known,
};

inline constexpr std::uint32_t no_rule = 0xffffffff;

/// One comparison of one option with one rule.
struct RuleFinding {
  std::uint32_t quote = 0;       ///< row of Plan::quotes
  std::uint32_t rule = no_rule;  ///< row of RuleBook::rules
  RuleOutcome outcome = RuleOutcome::ok;
  RulePart part = RulePart::selection;
  RuleReason reason = RuleReason::met;
  double required = 0;  ///< dollars, a share or months as the part has it; NaN: no number
  double found = 0;     ///< infinite: an excluded member, a run-out without end
};

/// Compares every option of a plan with the rules of its group's state in its policy month.
///
/// returns  by option ascending; at least one finding an option
/// Neither the plan's draws nor its premiums matter: only deductibles, attachments and exact means.
std::vector<RuleFinding> check_rules(const Portfolio& portfolio, const Plan& plan,
                                     const RuleBook& rules);

/// Flags every option by its worst finding: RULE_VIOLATION, RULE_UNKNOWN, RULE_STALE or nothing.
void mark_rules(const std::vector<RuleFinding>& findings, Plan& plan);

/// An option as people name it.
struct CheckedOption {
  std::uint32_t group = 0;  ///< row of the book's groups
  std::string group_id, state;
  double specific_deductible_usd = 0;   ///< infinite: no specific cover
  double aggregate_corridor = 0;        ///< NaN: none, or the attachment is given otherwise
  double aggregate_attachment_usd = 0;  ///< NaN: no aggregate
};
std::vector<CheckedOption> checked_options(const Portfolio& portfolio, const Plan& plan);

/// The options of a book with what was found of each.
struct RuleCheck {
  std::vector<CheckedOption> options;
  std::vector<RuleFinding> findings;  ///< `quote` is the row of `options`
  std::vector<Problem> warnings;      ///< of the book and the plan
};

/// A finding in words, with the number found and the number required: "specific deductible 30,000,
/// at least 40,000". No full stop.
std::string sentence(const RuleFinding& finding, const CheckedOption& option,
                     const RuleBook& rules);

// The words of rule files and reports.
std::string_view name_of(RuleAddressee value);
std::string_view name_of(SizeBasis value);
std::string_view name_of(PersonUnit value);
std::string_view name_of(ExpectedBasis value);
std::string_view name_of(LaserRule value);
std::string_view name_of(CoversRequired value);
std::string_view name_of(RuleEffect value);
std::string_view name_of(RuleStatus value);
std::string_view name_of(RuleOutcome value);
std::string_view name_of(RulePart value);
std::string_view name_of(RuleReason value);

}  // namespace corridor
