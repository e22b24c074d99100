// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/price/tiers.hpp"

namespace corridor {

/// Bits of `aggregate_counts`: what the specific leaves with the employer and still counts.
struct CountedToo {
  bool laser_band = false, asd_absorbed = false, over_limit = false, coinsurance = false;
  bool not_excluded_members = false;  ///< excluded members are left out of the aggregate

  bool any() const { return laser_band || asd_absorbed || over_limit || coinsurance; }
};

/// What pricing needs to know of a group beside its losses.
struct GroupFacts {
  std::string group_id, state;
  std::uint64_t members = 0;
  double policy_months = 12;
  Tiers tier_months{};         ///< enrolled employees, summed over the policy's months
  double employee_months = 0;  ///< of all tiers

  std::string basis;               ///< contract basis in words: "12/15, aggregate paid"
  bool aggregate_is_plain = true;  ///< claims below the deductible count, on the specific's basis,
                                   ///< and nothing else
  double bound_deductible_usd = std::numeric_limits<double>::infinity();
  double specific_reimbursement = 1;
  double specific_limit_usd = std::numeric_limits<double>::infinity();
  double aggregating_specific_usd = 0;
  bool asd_counts_lasers = false;
  double aggregate_reimbursement = 1;
  double aggregate_limit_usd = std::numeric_limits<double>::infinity();
  CountedToo counts;
  std::vector<double> lasers_usd;      ///< finite ones, ascending
  std::uint64_t excluded_members = 0;  ///< with an infinite laser
  Tiers factor_usd{};                  ///< aggregate factors that the book gives; NaN: none

  double commission = std::numeric_limits<double>::quiet_NaN();  ///< NaN: the basis' commission
  bool is_renewal = false;
  double rate_cap = std::numeric_limits<double>::infinity();
  Tiers current_rate_usd{};  ///< NaN: none

  bool has_factors() const { return factor_usd[0] == factor_usd[0]; }
};

/// [group] of the portfolio.
std::vector<GroupFacts> group_facts(const Portfolio& portfolio);

/// Most that one person's claims may be under any law of the book.
double largest_claim_usd(const Portfolio& portfolio);

}  // namespace corridor
