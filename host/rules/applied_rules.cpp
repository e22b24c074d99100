// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rules/applied_rules.hpp"

#include <array>

namespace corridor {
namespace {

MonthRange in_force(const Rule& rule) {
  return {month_count(rule.effective_from).value_or(MonthRange::earliest),
          month_count(rule.effective_to).value_or(MonthRange::latest)};
}

/// Whether a group's size is a rule's, and why that is not known.
struct SizeFit {
  Fit fit = Fit::yes;
  RuleReason reason = RuleReason::met;
};

SizeFit size_fit(const Rule& rule, const std::optional<double>& employees) {
  if (!employees) return {Fit::unknown, RuleReason::size_not_known};
  const bool within = *employees >= rule.size_lo.value_or(*employees) &&
                      *employees <= rule.size_hi.value_or(*employees);
  return within ? SizeFit{} : SizeFit{Fit::no, RuleReason::other_size};
}

/// The law's way of counting is not recorded: all sizes that the book has must agree.
SizeFit any_size_fit(const Rule& rule, const RuledGroup& group) {
  SizeFit agreed{Fit::unknown, RuleReason::size_not_known};
  for (const auto& employees : std::array{group.eligible, group.full_time, group.prior_year}) {
    if (!employees) continue;
    const SizeFit one = size_fit(rule, employees);
    if (agreed.fit == Fit::unknown) {
      agreed = one;
    } else if (agreed.fit != one.fit) {
      return {Fit::unknown, RuleReason::size_differs};
    }
  }
  return agreed;
}

SizeFit size_fit(const Rule& rule, const RuledGroup& group) {
  if (!rule.size_lo && !rule.size_hi) {
    if (rule.applies_to == RuleAddressee::all) return {};
    return {Fit::unknown, RuleReason::size_not_recorded};
  }
  switch (rule.size_basis) {
    case SizeBasis::eligible:
      return size_fit(rule, group.eligible);
    case SizeBasis::full_time:
      return size_fit(rule, group.full_time);
    case SizeBasis::prior_year:
      return size_fit(rule, group.prior_year);
    case SizeBasis::enrolled:
      return size_fit(rule, group.enrolled);
    case SizeBasis::any:
      break;
  }
  return any_size_fit(rule, group);
}

/// A book cannot say that a policyholder or a carrier is of such a kind.
bool is_special(const Rule& rule) {
  return rule.applies_to == RuleAddressee::municipal_cooperative ||
         rule.applies_to == RuleAddressee::nonprofit_service_plan;
}

/// Gathers a state's rules for one group, and whether any of them reaches it.
class GroupRules {
 public:
  explicit GroupRules(const RuledGroup& group) : group_(group) {}

  void consider(std::uint32_t index, const Rule& rule) {
    const Fit month = fit(group_.policy, in_force(rule));
    if (is_special(rule)) {
      if (month != Fit::no) {
        applied_.push_back({index, RuleOutcome::not_applicable, RuleReason::other_addressee});
      }
      return;
    }
    any_general_ = true;
    const SizeFit size = size_fit(rule, group_);
    if (month == Fit::no) {
      in_another_month_ |= size.fit != Fit::no;
      return;
    }
    any_this_month_ = true;
    reached_ |= size.fit != Fit::no;
    applied_.push_back(judged(index, month, size));
  }

  std::vector<AppliedRule> result() && {
    if (!any_general_) {
      applied_.push_back({no_rule, RuleOutcome::unknown, RuleReason::no_rule_recorded});
    } else if (!reached_ && (in_another_month_ || !any_this_month_)) {
      applied_.push_back({no_rule, RuleOutcome::unknown, RuleReason::other_month});
    }
    return std::move(applied_);
  }

 private:
  static AppliedRule judged(std::uint32_t index, Fit month, const SizeFit& size) {
    if (size.fit == Fit::no) return {index, RuleOutcome::not_applicable, size.reason};
    if (month == Fit::unknown) return {index, RuleOutcome::unknown, RuleReason::month_not_known};
    if (size.fit == Fit::unknown) return {index, RuleOutcome::unknown, size.reason};
    return {index, RuleOutcome::ok, RuleReason::met};
  }

  const RuledGroup& group_;
  std::vector<AppliedRule> applied_;
  bool any_general_ = false, any_this_month_ = false;
  bool in_another_month_ = false;  ///< a rule of the group's size, out of force
  bool reached_ = false;           ///< a rule of this month is or may be of the group's size
};

}  // namespace

RulesByState::RulesByState(const RuleBook& book) : book_(book) {
  for (std::uint32_t index = 0; index < book.rules.size(); ++index) {
    const Rule& rule = book.rules[index];
    if (rule.status != RuleStatus::reference) by_state_[rule.state].push_back(index);
  }
}

std::vector<AppliedRule> RulesByState::applied(const RuledGroup& group) const {
  if (group.state.empty()) return {{no_rule, RuleOutcome::unknown, RuleReason::no_state}};
  GroupRules rules(group);
  const auto of_state = by_state_.find(group.state);
  if (of_state != by_state_.end()) {
    for (const std::uint32_t index : of_state->second) rules.consider(index, book_.rules[index]);
  }
  return std::move(rules).result();
}

}  // namespace corridor
