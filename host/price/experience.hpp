// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "corridor/portfolio.hpp"
#include "corridor/pricing.hpp"
#include "host/price/group_facts.hpp"

namespace corridor {

/// One row of /experience, seen from the policy year.
struct ExperiencePeriod {
  std::size_t row = 0, group = 0;
  int began = 0;  ///< calendar year
  double months = 12;
  double employee_months = 0;
  double trend_factor = 1;    ///< (1 + trend)^k, k years from its middle to the policy's
  double deductible_usd = 0;  ///< as it was then
  double threshold_usd = 0;   ///< the same in policy-year dollars, in whole cents
  double paid_usd = 0, paid_above_usd = 0;  ///< as they were then
};

/// Periods that can be compared with the manual rate, in the order of the table: those of groups
/// with enrolment now and then, and a known policy year where the book trends claims.
std::vector<ExperiencePeriod> experience_periods(const Portfolio& portfolio);

/// What the manual rate expects of a year as each period's group is now, claims incurred in twelve
/// months and paid whenever, policy-year dollars: [row of /experience], NaN where not asked for.
struct ExperienceMeans {
  std::vector<double> ground_up_usd;
  std::vector<double> excess_usd;  ///< of every person above the period's threshold, no lasers
};

/// A book whose closed forms are those that experience is compared with: each group stands for one
/// period, its bound deductible is the period's threshold, and no other term is left.
struct ExperienceBook {
  Portfolio portfolio;
  std::vector<std::size_t> rows;  ///< [group] row of /experience
};

/// One period of each group that has more than `pass`; nothing when no group has. Several passes,
/// because copies of all members for all periods at once would fill the memory.
std::optional<ExperienceBook> experience_book(const Portfolio& portfolio, std::size_t pass);

/// A period beside what the manual rate expected of it, in its own dollars and for its own
/// employee-months.
struct ComparedPeriod {
  ExperiencePeriod period;
  double expected_usd = 0, expected_above_usd = 0;
};

/// A group's experience. Factors are sums of paid over sums of expected; NaN without any.
struct GroupExperience {
  std::vector<ComparedPeriod> periods;
  bool left_out = false;   ///< some period could not be compared
  double life_years = 0;   ///< employee-months / 12
  double credibility = 0;  ///< weight of the experience; 0 without any
  double factor_specific = std::numeric_limits<double>::quiet_NaN();
  double factor_aggregate = std::numeric_limits<double>::quiet_NaN();
};

/// [group]. `credibility` of a group replaces n / (n + K).
std::vector<GroupExperience> group_experience(const Portfolio& portfolio,
                                              const std::vector<GroupFacts>& groups,
                                              const ExperienceMeans& means,
                                              double credibility_life_years);

}  // namespace corridor
