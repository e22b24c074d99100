// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/pricing.hpp"
#include "corridor/quotes.hpp"
#include "host/price/experience.hpp"

namespace corridor {

/// Levels that a run must simulate, ascending: those asked for (0.99 when none is) and the capital
/// level where a principle needs the tail. Throws Error{usage} for more levels than a results file
/// has room for, or an unknown principle.
std::vector<Level> levels_for(const RunOptions& options, const PricingBasis& basis);

/// Must the run keep every payout? Throws Error{usage} for an unknown principle.
bool needs_distribution(const std::vector<std::string>& principles);

/// The figures that reduce has to take from kept payouts, one a principle that needs them, in the
/// order of the principles. Holds a weight per year and cover.
std::vector<Functional> functionals_for(const std::vector<std::string>& principles,
                                        const PricingBasis& basis, std::uint32_t years);

/// Losses to quotes: exact means beside simulated ones, premiums, flags and the credibility gate.
/// RunFacts holds what the arguments know; the caller adds device, times and the command line.
///
/// Expects losses of this plan, reduced with levels_for and functionals_for of the same options,
/// and means of every period that experience_periods names.
/// throws  Error{usage} for an unknown principle, Error{bad_data} for a group's commission that
///         leaves nothing for losses
Quotes price(const Portfolio& portfolio, const Plan& plan, const Losses& losses,
             const PricingBasis& basis, const ExperienceMeans& experience = {});

}  // namespace corridor
