// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rules/compare.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace corridor {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

// An attachment is a whole cent next to the corridor's exact multiple.
constexpr double rounding_usd = 0.0051;

bool asked(double amount) { return !std::isnan(amount); }

RuleFinding finding(RulePart part, RuleOutcome outcome, RuleReason reason,
                    double required = no_number, double found = no_number) {
  RuleFinding result;
  result.part = part;
  result.outcome = outcome;
  result.reason = reason;
  result.required = required;
  result.found = found;
  return result;
}

RuleFinding met_or_not(RulePart part, bool met, double required, double found) {
  return met ? finding(part, RuleOutcome::ok, RuleReason::met, required, found)
             : finding(part, RuleOutcome::violates, RuleReason::not_met, required, found);
}

RuleFinding no_cover(RulePart part) {
  return finding(part, RuleOutcome::not_applicable, RuleReason::no_such_cover);
}

/// One option under one rule.
class Comparison {
 public:
  Comparison(const Rule& rule, const RuledGroup& group, const RuledOption& option,
             std::vector<RuleFinding>& findings)
      : rule_(rule), group_(group), option_(option), findings_(findings) {}

  void run() {
    if (rule_.prohibited) add(sale());
    if (rule_.required_covers != CoversRequired::any) add(covers());
    if (asked(rule_.specific_usd) || asked(rule_.specific_of_expected)) add(specific());
    if (asks_aggregate()) add(aggregate());
    if (rule_.laser_rule != LaserRule::ok) add(lasers());
    if (asked(rule_.aggregate_share_min)) add(aggregate_share());
    if (asked(rule_.run_out_min_months)) add(run_out());
  }

 private:
  void add(RuleFinding result) {
    // What has changed since cannot be passed, only failed: amounts are raised, not lowered.
    if (rule_.status == RuleStatus::stale && result.outcome == RuleOutcome::ok) {
      result.outcome = RuleOutcome::stale;
    }
    findings_.push_back(result);
  }

  bool has_specific() const { return std::isfinite(option_.deductible_usd); }
  bool asks_aggregate() const {
    return asked(rule_.aggregate_of_expected) || asked(rule_.aggregate_per_person_usd) ||
           asked(rule_.aggregate_floor_usd);
  }

  RuleFinding sale() const {
    if (!has_specific() && !option_.has_aggregate) return no_cover(RulePart::sale);
    return finding(RulePart::sale, RuleOutcome::violates, RuleReason::not_met);
  }

  RuleFinding covers() const {
    const CoversRequired required = rule_.required_covers;
    const bool met = (has_specific() || required == CoversRequired::aggregate) &&
                     (option_.has_aggregate || required == CoversRequired::specific);
    return met_or_not(RulePart::covers, met, no_number, no_number);
  }

  RuleFinding specific() const {
    if (!has_specific()) return no_cover(RulePart::specific);
    return amounts(RulePart::specific, option_.deductible_usd, specific_amount(group_.expected_usd),
                   specific_amount(option_.retained_usd));
  }

  double specific_amount(double expected_usd) const {
    if (asked(rule_.specific_usd)) return rule_.specific_usd;
    // fmin takes the other where one is NaN: a missing cap caps nothing.
    const double share = rule_.specific_of_expected * expected_usd;
    return std::isnan(share) ? share : std::fmin(share, rule_.specific_cap_usd);
  }

  RuleFinding aggregate() const {
    if (!option_.has_aggregate) return no_cover(RulePart::aggregate);
    const bool per_employee =
        asked(rule_.aggregate_per_person_usd) && rule_.per == PersonUnit::employee;
    if (per_employee && !group_.enrolled) {
      return finding(RulePart::aggregate, RuleOutcome::unknown, RuleReason::employees_not_known,
                     no_number, option_.attachment_usd);
    }
    return amounts(RulePart::aggregate, option_.attachment_usd,
                   aggregate_amount(group_.expected_usd), aggregate_amount(option_.retained_usd));
  }

  /// The greatest of what the rule names.
  double aggregate_amount(double expected_usd) const {
    double greatest = 0;
    const double persons =
        rule_.per == PersonUnit::employee ? group_.enrolled.value_or(0) : group_.members;
    if (asked(rule_.aggregate_floor_usd)) greatest = rule_.aggregate_floor_usd;
    if (asked(rule_.aggregate_per_person_usd)) {
      greatest = std::max(greatest, rule_.aggregate_per_person_usd * persons);
    }
    if (!asked(rule_.aggregate_of_expected)) return greatest;
    const double share = rule_.aggregate_of_expected * expected_usd;
    return std::isnan(share) ? share : std::max(greatest, share);
  }

  bool meets(double found, double required) const {
    return rule_.is_maximum ? found <= required + rounding_usd : found >= required - rounding_usd;
  }

  /// An amount beside the amounts on both readings of expected claims. Where the reading is not
  /// cited and it decides, the outcome is not known.
  RuleFinding amounts(RulePart part, double found, double gross, double net) const {
    if (rule_.expected_basis == ExpectedBasis::gross) net = gross;
    if (rule_.expected_basis == ExpectedBasis::net) gross = net;
    if (std::isnan(gross) || std::isnan(net)) {
      return finding(part, RuleOutcome::unknown, RuleReason::expected_not_known, no_number, found);
    }
    const double strict = rule_.is_maximum ? std::min(gross, net) : std::max(gross, net);
    const bool met_gross = meets(found, gross), met_net = meets(found, net);
    if (met_gross == met_net) return met_or_not(part, met_gross, strict, found);
    return finding(part, RuleOutcome::unknown,
                   met_gross ? RuleReason::met_gross_only : RuleReason::met_net_only, strict,
                   found);
  }

  /// A laser up to the deductible counts as the deductible, so it is none.
  RuleFinding lasers() const {
    if (!has_specific()) return no_cover(RulePart::lasers);
    const bool any =
        !group_.lasers_usd.empty() && group_.lasers_usd.back() > option_.deductible_usd;
    const bool may_have = rule_.laser_rule == LaserRule::max_multiple;
    const double most = may_have ? rule_.laser_multiple * option_.deductible_usd : no_number;
    if (!any) return met_or_not(RulePart::lasers, true, most, no_number);
    const double largest = group_.lasers_usd.back();
    return met_or_not(RulePart::lasers, may_have && largest <= most + rounding_usd, most, largest);
  }

  RuleFinding aggregate_share() const {
    if (!option_.has_aggregate) return no_cover(RulePart::aggregate_share);
    return met_or_not(RulePart::aggregate_share,
                      group_.aggregate_share >= rule_.aggregate_share_min,
                      rule_.aggregate_share_min, group_.aggregate_share);
  }

  /// The shorter one of the covers that are sold.
  RuleFinding run_out() const {
    if (!has_specific() && !option_.has_aggregate) return no_cover(RulePart::run_out);
    double months = std::numeric_limits<double>::infinity();
    if (has_specific()) months = std::min(months, group_.specific_run_out_months);
    if (option_.has_aggregate) months = std::min(months, group_.aggregate_run_out_months);
    return met_or_not(RulePart::run_out, months >= rule_.run_out_min_months,
                      rule_.run_out_min_months, months);
  }

  const Rule& rule_;
  const RuledGroup& group_;
  const RuledOption& option_;
  std::vector<RuleFinding>& findings_;
};

}  // namespace

void compare(const Rule& rule, const RuledGroup& group, const RuledOption& option,
             std::vector<RuleFinding>& findings) {
  Comparison(rule, group, option, findings).run();
}

}  // namespace corridor
