// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/attachment_months.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/plan/enrolment.hpp"

namespace corridor {
namespace {

double weight_of(const Portfolio& portfolio, std::size_t group, std::size_t month) {
  const TierCounts employees = enrolment(portfolio, group, month);
  double weight = 0;
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    const double factor = portfolio.groups.number("aggregate_factor_usd", group, NAN, tier);
    if (employees[tier] > 0) weight += (std::isnan(factor) ? 1 : factor) * employees[tier];
  }
  return weight;
}

}  // namespace

std::vector<double> attachment_months(const Portfolio& portfolio, std::size_t group) {
  const auto months = static_cast<std::size_t>(
      portfolio.groups.number("policy_months", group, double{months_per_year}));
  std::vector<double> shares;
  for (std::size_t month = 0; month < months; ++month) {
    shares.push_back(weight_of(portfolio, group, month));
  }
  const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares)
    share = total > 0 ? share / total : 1.0 / static_cast<double>(months);
  return shares;
}

double accumulated(const std::vector<double>& shares, std::size_t months) {
  const auto last = shares.begin() + static_cast<std::ptrdiff_t>(std::min(months, shares.size()));
  return std::accumulate(shares.begin(), last, 0.0);
}

double last_three(const std::vector<double>& shares) {
  return accumulated(shares, shares.size()) -
         accumulated(shares, shares.size() - std::min<std::size_t>(shares.size(), 3));
}

}  // namespace corridor
