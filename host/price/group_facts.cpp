// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/group_facts.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr std::size_t tier_count = 4;

/// Employees by tier and month where the book has them, else the average of every month.
double employee_months(const Table& groups, std::size_t group) {
  const auto months = static_cast<std::size_t>(groups.number("policy_months", group, 12));
  const bool monthly = groups.has("employees_monthly");
  const char* column = monthly ? "employees_monthly" : "employees";
  double total = 0;
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    for (std::size_t month = 0; month < months; ++month) {
      const std::size_t position = monthly ? std::min<std::size_t>(month, 11) * tier_count : 0;
      total += groups.number(column, group, 0, position + tier);
    }
  }
  return total;
}

GroupFacts facts_of(const Portfolio& portfolio, std::size_t group) {
  const Table& groups = portfolio.groups;
  GroupFacts facts;
  facts.group_id = groups.text("group_id", group);
  facts.state = groups.text("state", group);
  facts.members = portfolio.member_offset.at(group + 1) - portfolio.member_offset.at(group);
  facts.employee_months = employee_months(groups, group);
  facts.aggregating_specific_usd = groups.number("aggregating_specific_usd", group, 0);
  facts.commission = groups.number("commission", group, std::nan(""));
  facts.counts_more = groups.number("aggregate_counts", group, 0) != 0;
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
