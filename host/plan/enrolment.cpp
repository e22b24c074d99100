// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/enrolment.hpp"

#include <numeric>

namespace corridor {

TierCounts enrolment(const Portfolio& portfolio, std::size_t group, std::size_t month) {
  TierCounts counts{};
  const bool monthly = portfolio.groups.has("employees_monthly");
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    counts[tier] = monthly ? portfolio.groups.number("employees_monthly", group, 0,
                                                     month * tier_count + tier)
                           : portfolio.groups.number("employees", group, 0, tier);
  }
  return counts;
}

double average_employees(const Portfolio& portfolio, std::size_t group) {
  double total = 0;
  for (std::size_t month = 0; month < months_per_year; ++month) {
    const TierCounts counts = enrolment(portfolio, group, month);
    total += std::accumulate(counts.begin(), counts.end(), 0.0);
  }
  return total / months_per_year;
}

double employees_or_estimate(const Portfolio& portfolio, std::size_t group) {
  const double employees = average_employees(portfolio, group);
  if (employees > 0) return employees;
  const auto& offset = portfolio.member_offset;
  return static_cast<double>(offset[group + 1] - offset[group]) / members_per_employee;
}

}  // namespace corridor
