// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/attachment.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/plan/enrolment.hpp"

namespace corridor {
namespace {

double factor_attachment_usd(const Portfolio& portfolio, std::size_t group, std::size_t month) {
  const TierCounts counts = enrolment(portfolio, group, month);
  double total = 0;
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    const double factor = portfolio.groups.number("aggregate_factor_usd", group, NAN, tier);
    if (counts[tier] > 0) total += factor * counts[tier];
  }
  return total;
}

bool has_factors(const Portfolio& portfolio, std::size_t group) {
  return !std::isnan(portfolio.groups.number("aggregate_factor_usd", group, NAN, 0));
}

/// 12 times the first month's share of the year, by enrolment: 1 where enrolment is level.
double enrolment_ratio(const Portfolio& portfolio, std::size_t group) {
  const double average = average_employees(portfolio, group);
  const TierCounts first = enrolment(portfolio, group, 0);
  return average > 0 ? std::accumulate(first.begin(), first.end(), 0.0) / average : 1;
}

void set_bound_way(const Portfolio& portfolio, std::size_t group, AttachmentRule& rule) {
  const double amount = portfolio.groups.number("aggregate_attachment_usd", group, NAN);
  const double corridor = portfolio.groups.number("aggregate_corridor", group, HUGE_VAL);
  if (!std::isnan(amount)) {
    rule.way = AttachmentRule::Way::amount;
    rule.amount_usd = amount;
  } else if (has_factors(portfolio, group)) {
    rule.way = AttachmentRule::Way::monthly_factors;
    for (std::size_t month = 0; month < months_per_year; ++month) {
      rule.amount_usd += factor_attachment_usd(portfolio, group, month);
    }
    rule.first_month_ratio = months_per_year * factor_attachment_usd(portfolio, group, 0) /
                             std::max(rule.amount_usd, 0.01);
  } else if (std::isfinite(corridor)) {
    rule.way = AttachmentRule::Way::corridor;
    rule.corridor = corridor;
  }
}

}  // namespace

AttachmentRule attachment_rule(const Portfolio& portfolio, std::size_t group,
                               std::optional<double> quoted_corridor) {
  const Table& groups = portfolio.groups;
  AttachmentRule rule;
  rule.first_month_ratio = enrolment_ratio(portfolio, group);
  if (quoted_corridor) {
    rule.way = AttachmentRule::Way::corridor;
    rule.corridor = *quoted_corridor;
  } else {
    set_bound_way(portfolio, group, rule);
  }
  rule.minimum_usd = groups.number("aggregate_minimum_usd", group, 0);
  rule.minimum_first_month_fraction =
      groups.number("aggregate_minimum_first_month_pct", group, 0);
  rule.minimum_quoted_fraction = groups.number("aggregate_minimum_quoted_pct", group, 0);
  return rule;
}

double quoted_attachment_usd(const AttachmentRule& rule, double expected_retained_usd) {
  return rule.way == AttachmentRule::Way::corridor ? rule.corridor * expected_retained_usd
                                                   : rule.amount_usd;
}

double minimum_attachment_usd(const AttachmentRule& rule, double expected_retained_usd) {
  const double quoted = quoted_attachment_usd(rule, expected_retained_usd);
  return std::max({rule.minimum_usd,
                   rule.minimum_first_month_fraction * rule.first_month_ratio * quoted,
                   rule.minimum_quoted_fraction * quoted});
}

double attachment_usd(const AttachmentRule& rule, double expected_retained_usd) {
  if (rule.way == AttachmentRule::Way::none) return NAN;
  return std::max(quoted_attachment_usd(rule, expected_retained_usd),
                  minimum_attachment_usd(rule, expected_retained_usd));
}

}  // namespace corridor
