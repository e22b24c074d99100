// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "corridor/rules.hpp"
#include "host/rules/applied_rules.hpp"
#include "host/rules/compare.hpp"
#include "host/rules/ruled_group.hpp"

namespace corridor {
namespace {

RuledOption ruled_option(const Plan& plan, const QuoteKey& quote) {
  return {quote.specific_deductible_usd, quote.has_aggregate, quote.aggregate_attachment_usd,
          plan.exact.rows[quote.job][quote.row].retained_usd};
}

RuleFinding selection(const AppliedRule& applied) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  return {0, applied.rule, applied.outcome, RulePart::selection, applied.reason, none, none};
}

/// Findings of one option, appended.
void check_option(const RuledOption& option, const RuledGroup& group,
                  const std::vector<AppliedRule>& applied, const RuleBook& rules,
                  std::vector<RuleFinding>& findings) {
  for (const AppliedRule& one : applied) {
    const std::size_t first = findings.size();
    if (one.reason == RuleReason::met) {
      compare(rules.rules[one.rule], group, option, findings);
    } else {
      findings.push_back(selection(one));
    }
    for (std::size_t i = first; i < findings.size(); ++i) findings[i].rule = one.rule;
  }
}

const char* flag_of(RuleOutcome worst) {
  switch (worst) {
    case RuleOutcome::violates:
      return "RULE_VIOLATION";
    case RuleOutcome::unknown:
      return "RULE_UNKNOWN";
    case RuleOutcome::stale:
      return "RULE_STALE";
    case RuleOutcome::ok:
    case RuleOutcome::not_applicable:
      break;
  }
  return nullptr;
}

}  // namespace

std::vector<RuleFinding> check_rules(const Portfolio& portfolio, const Plan& plan,
                                     const RuleBook& rules) {
  const RulesByState by_state(rules);
  std::vector<RuleFinding> findings;
  RuledGroup group;
  std::vector<AppliedRule> applied;
  for (std::uint32_t q = 0; q < plan.quotes.size(); ++q) {
    const QuoteKey& quote = plan.quotes[q];
    if (q == 0 || quote.group != plan.quotes[q - 1].group) {
      group = ruled_group(portfolio, plan, quote.group);
      applied = by_state.applied(group);
    }
    const std::size_t first = findings.size();
    check_option(ruled_option(plan, quote), group, applied, rules, findings);
    for (std::size_t i = first; i < findings.size(); ++i) findings[i].quote = q;
  }
  return findings;
}

void mark_rules(const std::vector<RuleFinding>& findings, Plan& plan) {
  std::vector<RuleOutcome> worst(plan.quotes.size(), RuleOutcome::not_applicable);
  for (const RuleFinding& one : findings) {
    worst[one.quote] = std::max(worst[one.quote], one.outcome);
  }
  for (std::size_t q = 0; q < worst.size(); ++q) {
    if (const char* flag = flag_of(worst[q])) plan.quotes[q].flags.emplace_back(flag);
  }
}

std::vector<CheckedOption> checked_options(const Portfolio& portfolio, const Plan& plan) {
  std::vector<CheckedOption> options;
  options.reserve(plan.quotes.size());
  for (const QuoteKey& quote : plan.quotes) {
    options.push_back({quote.group, portfolio.groups.text("group_id", quote.group),
                       portfolio.groups.text("state", quote.group), quote.specific_deductible_usd,
                       quote.aggregate_corridor, quote.aggregate_attachment_usd});
  }
  return options;
}

}  // namespace corridor
