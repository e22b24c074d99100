// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/pricing.hpp"
#include "host/price/experience.hpp"
#include "host/price/group_facts.hpp"
#include "host/price/premium.hpp"

namespace corridor {

/// R = Z X + (1 - Z) M with X = factor M, and not below floor M. M where there is no factor.
struct ExperienceRated {
  double premium_usd = 0;
  bool at_floor = false;
};
ExperienceRated experience_rated(double manual_usd, double factor, double credibility,
                                 double floor);

/// From the manual premium of the first principle to what is quoted, dollars for the policy's
/// months.
struct QuotedPremium {
  double manual_specific_usd = 0, manual_aggregate_usd = 0;
  double rated_specific_usd = 0;  ///< after experience and floor, before the cap
  double specific_usd = 0, aggregate_usd = 0;
  double current_specific_usd = 0;  ///< today's rates over the quoted enrolment; NaN: not given
  double cap_usd = 0;               ///< most that the specific may cost; infinite: no cap in force
  bool at_floor = false, capped = false;

  double manual_usd() const { return manual_specific_usd + manual_aggregate_usd; }
  double usd() const { return specific_usd + aggregate_usd; }
  /// specific_usd / current_specific_usd - 1
  double renewal_change() const { return specific_usd / current_specific_usd - 1; }
};

/// Today's rates times the policy's employee-months by tier; NaN where a tier with employees has
/// none, without employees, or when nothing is paid today.
double current_specific_usd(const GroupFacts& group);

/// The most that a renewal's specific may cost at a deductible: (1 + rate_cap) times today's rates.
/// Infinite for a new policy, without a cap, and at a deductible below the bound one, because the
/// cap is a promise about the cover in force.
double rate_cap_usd(const GroupFacts& group, double deductible_usd);

QuotedPremium quoted_premium(const Premium& manual, double deductible_usd, const GroupFacts& group,
                             const GroupExperience& experience, const CoverLoads& specific,
                             const CoverLoads& aggregate);

/// Share of the quoted premium that the loads leave for losses: each cover's weighs as its premium.
/// NaN without a premium.
double target_loss_ratio(const QuotedPremium& quoted, const CoverLoads& specific,
                         const CoverLoads& aggregate);

}  // namespace corridor
