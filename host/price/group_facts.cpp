// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/group_facts.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr std::size_t months_per_year = 12;

/// Employees by month where the book has them, else the average of every month.
Tiers tier_months(const Table& groups, std::size_t group, std::size_t months) {
  const bool monthly = groups.has("employees_monthly");
  const char* column = monthly ? "employees_monthly" : "employees";
  Tiers total{};
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    for (std::size_t month = 0; month < months; ++month) {
      const std::size_t position = monthly ? std::min(month, months_per_year - 1) * tier_count : 0;
      total[tier] += groups.number(column, group, 0, position + tier);
    }
  }
  return total;
}

Tiers by_tier(const Table& groups, const char* column, std::size_t group) {
  Tiers values;
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    values[tier] = groups.number(column, group, std::nan(""), tier);
  }
  return values;
}

CountedToo counted_too(const Table& groups, std::size_t group) {
  const auto bits = static_cast<unsigned>(groups.number("aggregate_counts", group, 0));
  return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0};
}

/// "12/15", "paid", "incurred".
std::string basis_text(double run_in, double run_out, double months) {
  constexpr double without_end = 255;
  if (run_out == without_end && run_in == 0) return "incurred in the policy, paid whenever";
  if (run_in == without_end && run_out == 0) return "paid in the policy, incurred whenever";
  const auto text = [](double value) { return std::to_string(static_cast<int>(value)); };
  return (run_in == without_end ? "paid" : text(months + run_in)) + "/" +
         (run_out == without_end ? "without end" : text(months + run_out)) +
         " (months of incurral / of payment)";
}

void set_basis(const Table& groups, std::size_t group, GroupFacts& facts) {
  const double in = groups.number("run_in_months", group, 0);
  const double out = groups.number("run_out_months", group, 255);
  const double aggregate_in = groups.number("aggregate_run_in_months", group, in);
  const double aggregate_out = groups.number("aggregate_run_out_months", group, out);
  facts.basis = basis_text(in, out, facts.policy_months);
  const bool same = in == aggregate_in && out == aggregate_out;
  if (!same) {
    facts.basis += "; aggregate " + basis_text(aggregate_in, aggregate_out, facts.policy_months);
  }
  const auto limited = [&](const char* column) {
    return std::isfinite(groups.number(column, group, HUGE_VAL));
  };
  facts.aggregate_is_plain = same && !facts.counts.any() && !facts.counts.not_excluded_members &&
                             !limited("specific_family_deductible_usd") &&
                             !limited("run_in_limit_person_usd") &&
                             !limited("run_in_limit_group_usd");
}

void set_enrolment(const Portfolio& portfolio, std::size_t group, GroupFacts& facts) {
  const Table& groups = portfolio.groups;
  facts.members = portfolio.member_offset.at(group + 1) - portfolio.member_offset.at(group);
  facts.policy_months = groups.number("policy_months", group, months_per_year);
  facts.tier_months = tier_months(groups, group, static_cast<std::size_t>(facts.policy_months));
  facts.employee_months = total_months(facts.tier_months);
}

void set_lasers(const Portfolio& portfolio, std::size_t group, GroupFacts& facts) {
  const Column* column = portfolio.members.find("laser_usd");
  if (column == nullptr) return;
  const auto& lasers = std::get<std::vector<double>>(column->values);
  for (std::uint64_t row = portfolio.member_offset[group]; row < portfolio.member_offset[group + 1];
       ++row) {
    if (std::isfinite(lasers[row])) facts.lasers_usd.push_back(lasers[row]);
    if (lasers[row] == HUGE_VAL) ++facts.excluded_members;
  }
  std::sort(facts.lasers_usd.begin(), facts.lasers_usd.end());
}

void set_terms(const Table& groups, std::size_t group, GroupFacts& facts) {
  const auto number = [&](const char* column, double neutral) {
    return groups.number(column, group, neutral);
  };
  facts.bound_deductible_usd = number("specific_deductible_usd", HUGE_VAL);
  facts.specific_reimbursement = number("specific_reimbursement", 1);
  facts.specific_limit_usd = number("specific_limit_usd", HUGE_VAL);
  facts.aggregating_specific_usd = number("aggregating_specific_usd", 0);
  facts.asd_counts_lasers = number("asd_counts_lasers", 0) != 0;
  facts.aggregate_reimbursement = number("aggregate_reimbursement", 1);
  facts.aggregate_limit_usd = number("aggregate_limit_usd", HUGE_VAL);
  facts.counts = counted_too(groups, group);
  facts.factor_usd = by_tier(groups, "aggregate_factor_usd", group);
  facts.commission = number("commission", std::nan(""));
  facts.is_renewal = number("new_or_renewal", 0) == 1;
  facts.rate_cap = number("rate_cap", HUGE_VAL);
  facts.current_rate_usd = by_tier(groups, "current_rate_usd", group);
}

GroupFacts facts_of(const Portfolio& portfolio, std::size_t group) {
  GroupFacts facts;
  facts.group_id = portfolio.groups.text("group_id", group);
  facts.state = portfolio.groups.text("state", group);
  set_enrolment(portfolio, group, facts);
  set_terms(portfolio.groups, group, facts);
  set_basis(portfolio.groups, group, facts);
  set_lasers(portfolio, group, facts);
  return facts;
}

}  // namespace

std::vector<GroupFacts> group_facts(const Portfolio& portfolio) {
  std::vector<GroupFacts> facts;
  facts.reserve(portfolio.group_count());
  for (std::size_t g = 0; g < portfolio.group_count(); ++g) facts.push_back(facts_of(portfolio, g));
  return facts;
}

double largest_claim_usd(const Portfolio& portfolio) {
  double largest = 0;
  for (const DistributionSpec& law : portfolio.distributions) {
    largest = std::max(largest, law.maximum_usd);
  }
  return largest;
}

}  // namespace corridor
