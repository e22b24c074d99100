// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/quoted.hpp"

#include <cmath>

#include "host/price/loads.hpp"

namespace corridor {

ExperienceRated experience_rated(double manual_usd, double factor, double credibility,
                                 double floor) {
  if (std::isnan(factor) || credibility == 0) return {manual_usd, false};
  const double share = credibility * factor + (1 - credibility);
  return {manual_usd * std::max(share, floor), share < floor && manual_usd > 0};
}

double current_specific_usd(const GroupFacts& group) {
  const double usd = over_months(group.current_rate_usd, group.tier_months);
  return usd > 0 ? usd : std::nan("");
}

double rate_cap_usd(const GroupFacts& group, double deductible_usd) {
  const bool below =
      std::isfinite(group.bound_deductible_usd) && deductible_usd < group.bound_deductible_usd;
  if (!group.is_renewal || !std::isfinite(group.rate_cap) || below) return HUGE_VAL;
  const double cap = (1 + group.rate_cap) * current_specific_usd(group);
  return std::isnan(cap) ? HUGE_VAL : cap;
}

QuotedPremium quoted_premium(const Premium& manual, double deductible_usd, const GroupFacts& group,
                             const GroupExperience& experience, const CoverLoads& specific,
                             const CoverLoads& aggregate) {
  QuotedPremium quoted;
  quoted.manual_specific_usd = manual.specific.premium_usd;
  quoted.manual_aggregate_usd = manual.aggregate.premium_usd;
  const ExperienceRated rated_specific =
      experience_rated(quoted.manual_specific_usd, experience.factor_specific,
                       experience.credibility, specific.percent_to_manual_floor);
  const ExperienceRated rated_aggregate =
      experience_rated(quoted.manual_aggregate_usd, experience.factor_aggregate,
                       experience.credibility, aggregate.percent_to_manual_floor);
  quoted.rated_specific_usd = rated_specific.premium_usd;
  quoted.at_floor = rated_specific.at_floor || rated_aggregate.at_floor;
  quoted.current_specific_usd = current_specific_usd(group);
  quoted.cap_usd = rate_cap_usd(group, deductible_usd);
  quoted.capped = quoted.rated_specific_usd > quoted.cap_usd;
  quoted.specific_usd = quoted.capped ? quoted.cap_usd : quoted.rated_specific_usd;
  quoted.aggregate_usd = rated_aggregate.premium_usd;
  return quoted;
}

double target_loss_ratio(const QuotedPremium& quoted, const CoverLoads& specific,
                         const CoverLoads& aggregate) {
  const double kept =
      quoted.specific_usd * loss_share(specific) + quoted.aggregate_usd * loss_share(aggregate);
  return quoted.usd() > 0 ? kept / quoted.usd() : std::nan("");
}

}  // namespace corridor
