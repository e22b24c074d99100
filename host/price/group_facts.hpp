// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

/// What pricing needs to know of a group beside its losses.
struct GroupFacts {
  std::string group_id, state;
  std::uint64_t members = 0;
  double employee_months = 0;  ///< enrolled employees, summed over the policy's months
  double aggregating_specific_usd = 0;
  double commission = 0;     ///< NaN: the basis' commission
  bool counts_more = false;  ///< more than claims below the deductible counts
};

/// [group] of the portfolio.
std::vector<GroupFacts> group_facts(const Portfolio& portfolio);

/// Most that one person's claims may be under any law of the book.
double largest_claim_usd(const Portfolio& portfolio);

}  // namespace corridor
