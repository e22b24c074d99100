// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/idle_terms.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "host/plan/attachment.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/enrolment.hpp"

namespace corridor {
namespace {

/// What a term needs to act on.
enum Need : std::size_t {
  specific_cover,
  specific_limit,
  aggregating_specific,
  aggregate_cover,
  corridor_way,
  terminal_option,
  run_in_months,
  need_count
};

/// Why a term is idle, and what to do.
struct Reason {
  const char* why;
  const char* fix;
};

constexpr std::array<Reason, need_count> reasons{
    Reason{"the group has no specific cover",
           "Give specific_deductible_usd, or leave the term at its default"},
    {"the group has no specific_limit_usd", "Give the limit, or leave the term at its default"},
    {"the group has no aggregating_specific_usd",
     "Give the amount, or leave the term at its default"},
    {"the group has no aggregate cover",
     "Give aggregate_corridor, aggregate_attachment_usd or aggregate_factor_usd, or leave the term "
     "at its default"},
    {"the attachment is not a corridor over expected claims",
     "Give aggregate_corridor, or leave the term at its default"},
    {"no group has terminal_liability",
     "Set terminal_liability to 1, or leave the term at its default"},
    {"the contract has no run-in", "Give run_in_months, or leave the term at its default"},
};

/// A column that is idle without something else, unless it holds its default.
struct DependentTerm {
  const char* column;
  double neutral;
  Need need;
};

constexpr DependentTerm dependent_terms[] = {
    {"specific_reimbursement", 1, specific_cover},
    {"specific_limit_usd", HUGE_VAL, specific_cover},
    {"specific_limit_basis", 0, specific_limit},
    {"aggregating_specific_usd", 0, specific_cover},
    {"asd_counts_lasers", 0, aggregating_specific},
    {"no_new_laser", 0, specific_cover},
    {"aggregate_reimbursement", 1, aggregate_cover},
    {"aggregate_limit_usd", HUGE_VAL, aggregate_cover},
    {"aggregate_minimum_usd", 0, aggregate_cover},
    {"aggregate_minimum_first_month_pct", 0, aggregate_cover},
    {"aggregate_minimum_quoted_pct", 0, aggregate_cover},
    {"aggregate_expected_basis", 0, corridor_way},
    {"monthly_accommodation", 0, aggregate_cover},
    {"terminal_liability", 0, aggregate_cover},
    {"terminal_probability", 1, terminal_option},
    {"run_in_limit_person_usd", HUGE_VAL, run_in_months},
    {"run_in_limit_group_usd", HUGE_VAL, run_in_months},
};

std::string plain_text(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : "inf";
  std::array<char, 400> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return {text.data(), end.ptr};
}

bool any_finite(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

}  // namespace

class IdleTerms::Look {
 public:
  Look(const Slice& slice, IdleTerms& all) : slice_(slice), book_(slice.portfolio), all_(all) {}

  void look() {
    for (std::size_t group = 0; group < book_.group_count(); ++group) look_at(group);
  }

 private:
  double number(const char* column, std::size_t group, double neutral, std::size_t tier = 0) const {
    return book_.groups.number(column, group, neutral, tier);
  }

  std::array<bool, need_count> met_needs(std::size_t group) const {
    const auto way = attachment_rule(book_, group, {}).way;
    const bool quoted = any_finite(all_.grid_.corridor);
    const bool bound = all_.grid_.corridor.empty() && way != AttachmentRule::Way::none;
    const double deductible = number("specific_deductible_usd", group, HUGE_VAL);
    std::array<bool, need_count> met{};
    met[specific_cover] =
        all_.grid_.specific_usd.empty() ? std::isfinite(deductible) : any_finite(all_.grid_.specific_usd);
    met[specific_limit] = std::isfinite(number("specific_limit_usd", group, HUGE_VAL));
    met[aggregating_specific] = number("aggregating_specific_usd", group, 0) > 0;
    met[aggregate_cover] = quoted || bound;
    met[corridor_way] = quoted || (bound && way == AttachmentRule::Way::corridor);
    met[terminal_option] = all_.facts_.has_terminal;  // one probability may be stated for all groups
    met[run_in_months] =
        specific_windows(book_, group).run_in > 0 || aggregate_windows(book_, group).run_in > 0;
    return met;
  }

  void look_at(std::size_t group) {
    const std::array<bool, need_count> met = met_needs(group);
    for (const DependentTerm& term : dependent_terms) {
      const double value = number(term.column, group, term.neutral);
      if (value == term.neutral || met[term.need]) continue;
      add(term.column, group, value, reasons[term.need]);
    }
    const double credibility = number("credibility", group, NAN);
    if (!std::isnan(credibility) && !all_.facts_.has_experience) {
      add("credibility", group, credibility,
          {"the book has no /experience", "Add /experience, or leave credibility out"});
    }
    look_at_rate_cap(group, met[specific_cover]);
    look_at_family(group);
    if (!met[specific_cover]) look_at_lasers(group);
  }

  void look_at_rate_cap(std::size_t group, bool has_specific) {
    const double cap = number("rate_cap", group, HUGE_VAL);
    if (!std::isfinite(cap)) return;
    if (!has_specific) return add("rate_cap", group, cap, reasons[specific_cover]);
    if (number("new_or_renewal", group, 0) != 1) {
      if (all_.facts_.has_renewals) return;  // one cap may be stated for new groups and renewals
      return add("rate_cap", group, cap,
                 {"it counts at renewals alone, and new_or_renewal is 0",
                  "Set new_or_renewal to 1, or rate_cap to inf"});
    }
    if (average_employees(book_, group) == 0) {
      return add("rate_cap", group, cap,
                 {"the group has no employees to take today's rates of",
                  "Fill in employees or employees_monthly, or set rate_cap to inf"});
    }
    if (current_rates_usd(group) > 0) return;
    add("rate_cap", group, cap,
        {"today's rates of every tier with employees are 0, so there is nothing to cap",
         "Fill in current_rate_usd, or set rate_cap to inf"});
  }

  double current_rates_usd(std::size_t group) const {
    double total = 0;
    for (std::size_t month = 0; month < months_per_year; ++month) {
      const TierCounts employees = enrolment(book_, group, month);
      for (std::size_t tier = 0; tier < tier_count; ++tier) {
        if (employees[tier] > 0) {
          total += employees[tier] * number("current_rate_usd", group, 0, tier);
        }
      }
    }
    return total;
  }

  void look_at_family(std::size_t group) {
    const double deductible = number("specific_family_deductible_usd", group, HUGE_VAL);
    if (!std::isfinite(deductible) || has_family_of_two(group)) return;
    add("specific_family_deductible_usd", group, deductible,
        {"no two members without lasers have the same number above 0 in /members/family",
         "Number the families in /members/family, or set the deductible to inf"});
  }

  bool has_family_of_two(std::size_t group) const {
    std::vector<double> families;
    for (std::size_t row = book_.member_offset[group]; row < book_.member_offset[group + 1];
         ++row) {
      const double family = book_.members.number("family", row, 0);
      if (family > 0 && std::isnan(book_.members.number("laser_usd", row, NAN))) {
        families.push_back(family);
      }
    }
    std::sort(families.begin(), families.end());
    return std::adjacent_find(families.begin(), families.end()) != families.end();
  }

  /// An exclusion may still keep a person out of the aggregate; an amount does nothing.
  void look_at_lasers(std::size_t group) {
    if (!book_.members.has("laser_usd")) return;
    for (std::size_t row = book_.member_offset[group]; row < book_.member_offset[group + 1];
         ++row) {
      const double laser = book_.members.number("laser_usd", row, NAN);
      if (!std::isfinite(laser)) continue;
      Problem problem = warning(group, laser, reasons[specific_cover]);
      problem.dataset = "/members/laser_usd";
      problem.row = slice_.first_member + row;
      return keep(std::move(problem), reasons[specific_cover]);
    }
  }

  Problem warning(std::size_t group, double value, const Reason& reason) const {
    Problem problem;
    problem.severity = Problem::Severity::warning;
    problem.code = "W_IDLE";
    problem.file = book_.path;
    problem.group = book_.groups.text("group_id", group);
    problem.value = plain_text(value);
    problem.message = problem.value + " acts on nothing: " + reason.why;
    problem.fix = reason.fix;
    return problem;
  }

  void add(const std::string& column, std::size_t group, double value, const Reason& reason) {
    Problem problem = warning(group, value, reason);
    problem.dataset = "/groups/" + column;
    problem.row = slice_.first_group + group;
    keep(std::move(problem), reason);
  }

  void keep(Problem problem, const Reason& reason) {
    const auto [place, is_first] = all_.warnings_.try_emplace({problem.dataset, reason.why});
    if (is_first) {
      place->second.first = std::move(problem);
    } else {
      ++place->second.more;
    }
  }

  const Slice& slice_;
  const Portfolio& book_;
  IdleTerms& all_;
};

namespace {

/// One of the two pandemic attributes without the other.
std::vector<Problem> idle_pandemic(const Portfolio& book) {
  const double probability = book.market_value("pandemic_probability", 0);
  const double frequency = book.market_value("pandemic_frequency", 1);
  if ((probability > 0) == (frequency != 1)) return {};
  Problem problem;
  problem.severity = Problem::Severity::warning;
  problem.code = "W_IDLE";
  problem.file = book.path;
  problem.dataset = probability > 0 ? "/market@pandemic_probability" : "/market@pandemic_frequency";
  problem.value = plain_text(probability > 0 ? probability : frequency);
  problem.message =
      problem.value + " acts on nothing: " +
      (probability > 0 ? "pandemic_frequency is 1, so a pandemic changes no claims"
                       : "pandemic_probability is 0, so no year has a pandemic");
  problem.fix = "Give both pandemic_probability and pandemic_frequency, or neither";
  return {problem};
}

}  // namespace

void IdleFacts::add(const Portfolio& slice) {
  const auto any = [&](const char* column) {
    for (std::size_t group = 0; group < slice.group_count(); ++group) {
      if (slice.groups.number(column, group, 0) == 1) return true;
    }
    return false;
  };
  has_terminal = has_terminal || any("terminal_liability");
  has_renewals = has_renewals || any("new_or_renewal");
  has_experience = has_experience || slice.experience.rows > 0;
}

void IdleTerms::add(const Slice& slice) { Look(slice, *this).look(); }

std::vector<Problem> IdleTerms::found(const Portfolio& head) const {
  std::vector<Problem> problems;
  for (const auto& [key, warning] : warnings_) {
    problems.push_back(warning.first);
    if (warning.more == 0) continue;
    problems.back().message += " (" + std::to_string(warning.more) + " more group" +
                               (warning.more == 1 ? "" : "s") + " alike)";
  }
  for (Problem& problem : idle_pandemic(head)) problems.push_back(std::move(problem));
  return problems;
}

std::vector<Problem> idle_terms(const Portfolio& portfolio, const QuoteGrid& grid) {
  IdleFacts facts;
  facts.add(portfolio);
  IdleTerms terms(grid, facts);
  terms.add({portfolio, 0, 0});
  return terms.found(portfolio);
}

}  // namespace corridor
