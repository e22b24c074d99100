// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rules/ruled_group.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace corridor {
namespace {

constexpr std::size_t tiers = 4, months_a_year = 12;

std::optional<double> known_size(double employees) {
  return employees > 0 ? std::optional<double>(employees) : std::nullopt;
}

std::optional<double> size_column(const Table& groups, const char* column, std::size_t group) {
  return known_size(groups.number(column, group, 0));
}

/// Average of the year, to the nearest employee: rules count whole ones.
std::optional<double> enrolled(const Table& groups, std::size_t group) {
  const bool monthly = groups.has("employees_monthly");
  const std::size_t positions = monthly ? tiers * months_a_year : tiers;
  double total = 0;
  for (std::size_t position = 0; position < positions; ++position) {
    total += groups.number(monthly ? "employees_monthly" : "employees", group, 0, position);
  }
  return known_size(std::round(monthly ? total / months_a_year : total));
}

MonthRange policy_months(const Portfolio& portfolio, std::size_t group) {
  if (const auto month = month_count(portfolio.groups.text("effective", group))) {
    return {*month, *month};
  }
  const int january = 12 * portfolio.policy_year;
  return portfolio.policy_year > 0 ? MonthRange{january, january + 11} : MonthRange::always();
}

std::vector<double> lasers(const Portfolio& portfolio, std::size_t group) {
  std::vector<double> found;
  if (!portfolio.members.has("laser_usd")) return found;
  const auto* column =
      std::get_if<std::vector<double>>(&portfolio.members.find("laser_usd")->values);
  const auto first = portfolio.member_offset[group], end = portfolio.member_offset[group + 1];
  for (auto member = first; member < end; ++member) {
    const double laser =
        column ? (*column)[member] : portfolio.members.number("laser_usd", member, std::nan(""));
    if (!std::isnan(laser)) found.push_back(laser);
  }
  std::sort(found.begin(), found.end());
  return found;
}

double run_out(double months) {
  constexpr double without_end = 255;
  return months >= without_end ? std::numeric_limits<double>::infinity() : months;
}

}  // namespace

RuledGroup ruled_group(const Portfolio& portfolio, const Plan& plan, std::size_t group) {
  const Table& groups = portfolio.groups;
  RuledGroup facts;
  facts.state = groups.text("state", group);
  facts.policy = policy_months(portfolio, group);
  facts.eligible = size_column(groups, "eligible_employees", group);
  facts.full_time = size_column(groups, "full_time_employees", group);
  facts.prior_year = size_column(groups, "prior_year_employees", group);
  facts.enrolled = enrolled(groups, group);
  facts.members =
      static_cast<double>(portfolio.member_offset[group + 1] - portfolio.member_offset[group]);
  facts.expected_usd = plan.exact.ground_up_usd[group];
  facts.aggregate_share = groups.number("aggregate_reimbursement", group, 1);
  const double specific_months = groups.number("run_out_months", group, 255);
  facts.specific_run_out_months = run_out(specific_months);
  facts.aggregate_run_out_months =
      run_out(groups.number("aggregate_run_out_months", group, specific_months));
  facts.lasers_usd = lasers(portfolio, group);
  return facts;
}

}  // namespace corridor
