// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/experience.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <map>

#include "host/select_groups.hpp"

namespace corridor {
namespace {

/// Year in which a group's policy begins; 0 unknown.
int policy_year(const Portfolio& portfolio, std::size_t group) {
  const std::string effective = portfolio.groups.text("effective", group);
  int year = portfolio.policy_year;
  if (effective.size() >= 4) std::from_chars(effective.data(), effective.data() + 4, year);
  return year;
}

/// Periods begin in the policy's month of another year, so middles are apart by the years and half
/// the difference in length.
double trend_factor(const Portfolio& portfolio, const ExperiencePeriod& period,
                    const GroupFacts& group) {
  const double trend = portfolio.market_value("trend", 0);
  if (trend == 0) return 1;
  const int year = policy_year(portfolio, period.group);
  if (year == 0) return std::nan("");
  const double years = year - period.began + (group.policy_months - period.months) / 24;
  return std::pow(1 + trend, years);
}

ExperiencePeriod period_of(const Table& table, std::size_t row) {
  ExperiencePeriod period;
  period.row = row;
  period.group = static_cast<std::size_t>(table.number("group", row, 0));
  period.began = static_cast<int>(table.number("period", row, 0));
  period.months = table.number("months", row, 12);
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    period.employee_months += table.number("employee_months", row, 0, tier);
  }
  period.deductible_usd = table.number("deductible_usd", row, HUGE_VAL);
  period.paid_usd = table.number("paid_usd", row, 0);
  period.paid_above_usd = table.number("paid_above_deductible_usd", row, 0);
  return period;
}

bool is_one_of(const std::string& name, std::initializer_list<const char*> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Leaves what makes claims and takes away what cuts them: a book of bare deductibles.
Portfolio with_bare_deductibles(Portfolio portfolio, std::vector<double> deductibles_usd) {
  std::erase_if(portfolio.groups.columns, [](const Column& column) {
    return !is_one_of(column.name, {"group_id", "employees", "employees_monthly", "effect_cv",
                                    "effect_frequency_share", "region", "industry"});
  });
  std::erase_if(portfolio.members.columns, [](const Column& column) {
    return !is_one_of(column.name, {"distribution", "scale", "exposure"});
  });
  portfolio.groups.columns.push_back({"specific_deductible_usd", 1, std::move(deductibles_usd)});
  portfolio.quote_specific_usd.clear();
  portfolio.quote_corridor.clear();
  return portfolio;
}

double in_cents(double usd) { return std::nearbyint(usd * 100) / 100; }

void add_up(GroupExperience& experience) {
  double paid = 0, expected = 0, above = 0, expected_above = 0;
  for (const ComparedPeriod& compared : experience.periods) {
    paid += compared.period.paid_usd;
    above += compared.period.paid_above_usd;
    expected += compared.expected_usd;
    expected_above += compared.expected_above_usd;
    experience.life_years += compared.period.employee_months / 12;
  }
  if (expected_above > 0) experience.factor_specific = above / expected_above;
  if (expected > expected_above) {
    experience.factor_aggregate = (paid - above) / (expected - expected_above);
  }
}

ComparedPeriod compared(const ExperiencePeriod& period, const GroupFacts& group,
                        const ExperienceMeans& means) {
  // A year's expectation is of the enrolment that the policy has in twelve months.
  const double year_of_months = group.employee_months * 12 / group.policy_months;
  const double share = period.employee_months / year_of_months / period.trend_factor;
  return {period, means.ground_up_usd.at(period.row) * share,
          means.excess_usd.at(period.row) * share};
}

}  // namespace

std::vector<ExperiencePeriod> experience_periods(const Portfolio& portfolio) {
  std::vector<ExperiencePeriod> periods;
  if (portfolio.experience.rows == 0) return periods;
  const std::vector<GroupFacts> groups = group_facts(portfolio);
  for (std::size_t row = 0; row < portfolio.experience.rows; ++row) {
    ExperiencePeriod period = period_of(portfolio.experience, row);
    const GroupFacts& group = groups.at(period.group);
    period.trend_factor = trend_factor(portfolio, period, group);
    period.threshold_usd = in_cents(period.deductible_usd * period.trend_factor);
    const bool usable =
        period.employee_months > 0 && group.employee_months > 0 && !std::isnan(period.trend_factor);
    if (usable) periods.push_back(period);
  }
  return periods;
}

std::optional<ExperienceBook> experience_book(const Portfolio& portfolio, std::size_t pass) {
  ExperienceBook book;
  std::vector<std::size_t> groups;
  std::vector<double> thresholds;
  std::map<std::size_t, std::size_t> seen;  // periods of each group so far
  for (const ExperiencePeriod& period : experience_periods(portfolio)) {
    if (seen[period.group]++ != pass) continue;
    groups.push_back(period.group);
    thresholds.push_back(period.threshold_usd);
    book.rows.push_back(period.row);
  }
  if (groups.empty()) return {};
  book.portfolio = with_bare_deductibles(select_groups(portfolio, groups), std::move(thresholds));
  return book;
}

std::vector<GroupExperience> group_experience(const Portfolio& portfolio,
                                              const std::vector<GroupFacts>& groups,
                                              const ExperienceMeans& means,
                                              double credibility_life_years) {
  std::vector<GroupExperience> experience(groups.size());
  std::vector<std::size_t> rows(groups.size());
  for (std::size_t row = 0; row < portfolio.experience.rows; ++row) {
    ++rows.at(static_cast<std::size_t>(portfolio.experience.number("group", row, 0)));
  }
  for (const ExperiencePeriod& period : experience_periods(portfolio)) {
    const GroupFacts& group = groups.at(period.group);
    experience[period.group].periods.push_back(compared(period, group, means));
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    add_up(experience[g]);
    experience[g].left_out = rows[g] > experience[g].periods.size();
    if (experience[g].periods.empty()) continue;
    const double stated = portfolio.groups.number("credibility", g, std::nan(""));
    const double lives = experience[g].life_years;
    experience[g].credibility =
        std::isnan(stated) ? lives / (lives + credibility_life_years) : stated;
  }
  return experience;
}

}  // namespace corridor
