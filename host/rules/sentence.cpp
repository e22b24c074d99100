// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>
#include <cmath>

#include "corridor/rules.hpp"

namespace corridor {
namespace {

/// Cents only where there are any: "30,000", "30,000.50".
std::string dollars(double usd) {
  std::array<char, 400> digits;
  const bool whole = usd == std::floor(usd);
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), usd,
                                          std::chars_format::fixed, whole ? 0 : 2);
  std::string text(digits.data(), end);
  for (std::size_t at = text.find('.') == std::string::npos ? text.size() : text.find('.'); at > 3;
       at -= 3) {
    text.insert(at - 3, at > 3 ? "," : "");
  }
  return text.starts_with(",") ? text.substr(1) : text;
}

std::string plain_number(double value) {
  if (std::isinf(value)) return "no end of";
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end};
}

std::string words(std::string_view name) {
  std::string text(name);
  for (char& c : text) {
    if (c == '_') c = ' ';
  }
  return text;
}

/// One finding's clause; everything it may name is at hand.
class Clause {
 public:
  Clause(const RuleFinding& finding, const CheckedOption& option, const RuleBook& rules)
      : finding_(finding),
        option_(option),
        rule_(finding.rule == no_rule ? nullptr : &rules.rules[finding.rule]) {}

  std::string text() const {
    switch (finding_.part) {
      case RulePart::selection:
        return selection();
      case RulePart::sale:
        return lacks_cover() ? no_cover("any") : "no stop-loss may be sold to this employer";
      case RulePart::covers:
        return covers();
      case RulePart::specific:
        return lacks_cover() ? no_cover("a specific") : amount("specific deductible");
      case RulePart::aggregate:
        return lacks_cover() ? no_cover("an aggregate") : amount("aggregate attachment");
      case RulePart::lasers:
        return lacks_cover() ? no_cover("a specific") : lasers();
      case RulePart::aggregate_share:
        return lacks_cover() ? no_cover("an aggregate")
                             : "the aggregate pays " + plain_number(finding_.found) +
                                   " of the excess, at least " + plain_number(finding_.required);
      case RulePart::run_out:
        return lacks_cover()
                   ? no_cover("any")
                   : "claims are paid within " + plain_number(finding_.found) +
                         " months after the end, at least " + plain_number(finding_.required);
    }
    return "";
  }

 private:
  bool lacks_cover() const { return finding_.reason == RuleReason::no_such_cover; }
  static std::string no_cover(const std::string& which) {
    return "the option has " + (which == "any" ? "no" : "not " + which) + " cover";
  }

  std::string selection() const {
    switch (finding_.reason) {
      case RuleReason::no_state:
        return "the book gives no state";
      case RuleReason::no_rule_recorded:
        return "no rule is recorded for " + option_.state;
      case RuleReason::other_month:
        return "what is recorded for " + option_.state + " is for other policy months";
      case RuleReason::month_not_known:
        return "the rule has a date, and the book does not say in which month the policy begins";
      case RuleReason::other_size:
        return "the rule is for employers of another size";
      case RuleReason::size_not_known:
        return "the book lacks " + size_column() + ", by which the rule goes";
      case RuleReason::size_differs:
        return "by one of the book's sizes the rule holds and by another it does not, and how the "
               "law counts is not recorded";
      case RuleReason::size_not_recorded:
        return "up to which size the law calls an employer small is not recorded";
      case RuleReason::other_addressee:
        return "the rule is for a " + words(name_of(rule_->applies_to)) +
               ", which a book cannot say";
      default:
        return "the rule applies";
    }
  }

  std::string size_column() const {
    switch (rule_->size_basis) {
      case SizeBasis::any:
        return "eligible_employees, full_time_employees and prior_year_employees";
      case SizeBasis::enrolled:
        return "employees";
      default:
        return std::string(name_of(rule_->size_basis)) + "_employees";
    }
  }

  std::string covers() const {
    const CoversRequired required = rule_->required_covers;
    return required == CoversRequired::both
               ? "both covers are required"
               : "a cover is required: " + std::string(name_of(required));
  }

  std::string amount(const std::string& name) const {
    if (finding_.reason == RuleReason::employees_not_known) {
      return name + ": the book lacks employees, by which the rule multiplies";
    }
    if (finding_.reason == RuleReason::expected_not_known) {
      return name + ": expected claims have no closed form here";
    }
    std::string text = name + " " + dollars(finding_.found) +
                       (rule_->is_maximum ? ", at most " : ", at least ") +
                       dollars(finding_.required);
    if (finding_.reason == RuleReason::met_gross_only) {
      text += " if expected claims are net of the specific; met if they are gross";
    } else if (finding_.reason == RuleReason::met_net_only) {
      text += " if expected claims are gross, without any stop-loss; met if they are net";
    }
    return text;
  }

  std::string lasers() const {
    if (std::isnan(finding_.found)) return "nobody has a laser above the deductible";
    const std::string largest = std::isinf(finding_.found)
                                    ? "a member is excluded from the specific"
                                    : "the largest laser is " + dollars(finding_.found);
    return largest + (std::isnan(finding_.required) ? ", none is allowed"
                                                    : ", at most " + dollars(finding_.required));
  }

  const RuleFinding& finding_;
  const CheckedOption& option_;
  const Rule* rule_;
};

}  // namespace

std::string sentence(const RuleFinding& finding, const CheckedOption& option,
                     const RuleBook& rules) {
  return Clause(finding, option, rules).text();
}

}  // namespace corridor
