// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "host/rules/months.hpp"

namespace corridor {

/// What rules ask of a group, the same for all of its options. A size of 0 is not known.
struct RuledGroup {
  std::string state;                         ///< "" where the book gives none
  MonthRange policy = MonthRange::always();  ///< in which the policy begins, as far as known
  std::optional<double> eligible, full_time, prior_year, enrolled;  ///< employees
  double members = 0;
  double expected_usd = 0;     ///< claims of the year without any stop-loss
  double aggregate_share = 1;  ///< of the excess that the aggregate pays
  double specific_run_out_months = 0, aggregate_run_out_months = 0;  ///< infinite: no end
  std::vector<double> lasers_usd;  ///< ascending; infinite: an excluded member
};

RuledGroup ruled_group(const Portfolio& portfolio, const Plan& plan, std::size_t group);

}  // namespace corridor
