// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/liability.hpp"

#include <algorithm>

namespace corridor {
namespace {

bool has_specific(const Terms& terms) { return terms.deductible < unlimited; }

bool counts(const Terms& terms, AggregateCounts::Bit bit) { return (terms.also & bit) != 0; }

/// Why nothing bounds a year, or "".
std::string leak(const GroupJob& job, const Terms& terms, Cents attachment, bool excluded) {
  if (attachment >= unlimited) return "there is no aggregate cover";
  if (terms.AggregateCover::share < 1)
    return "the aggregate pays only a share above its attachment";
  if (job.counted != nullptr) {
    return "the aggregate counts other months or members than the specific";
  }
  if (terms.group_limit < unlimited && has_run_in(job.group)) {
    return "run-in claims above their limit do not count to the aggregate";
  }
  if (!has_specific(terms)) return "";
  if (excluded && !counts(terms, AggregateCounts::laser_band)) {
    return "a member is excluded from the specific";
  }
  if (terms.SpecificReimbursement::share < 1 && !counts(terms, AggregateCounts::coinsurance)) {
    return "the specific pays only a share above its deductible";
  }
  if (terms.SpecificLimit::limit < unlimited && !counts(terms, AggregateCounts::over_limit)) {
    return "the specific pays only up to its limit";
  }
  return "";
}

Cents bands(const Terms& terms, const std::vector<Cents>& lasers) {
  if (counts(terms, AggregateCounts::laser_band)) return 0;
  Cents sum = 0;
  for (const Cents laser : lasers) sum += excess_over(laser, terms.deductible);
  return sum;
}

}  // namespace

ClaimsMaximum claims_maximum(const GroupJob& job, const GridRow& row, Cents attachment,
                             const std::vector<Cents>& lasers) {
  const Terms& terms = row.terms;
  const bool excluded =
      std::any_of(lasers.begin(), lasers.end(), [](Cents laser) { return laser >= unlimited; });
  constexpr const char* limited = "the aggregate pays only up to its limit";
  ClaimsMaximum maximum;
  maximum.unlimited_because = leak(job, terms, attachment, excluded);
  if (!maximum.unlimited_because.empty()) return maximum;
  Cents most = attachment;
  if (has_specific(terms)) {
    const Cents band = bands(terms, lasers);
    const bool absorbed_counts = counts(terms, AggregateCounts::asd_absorbed);
    const Cents retention = absorbed_counts ? 0 : terms.retention;
    // Bands that use the retention up leave the larger of the two.
    most += terms.counts_lasers ? larger(band, retention) : band + retention;
  }
  maximum.before_limit_usd = static_cast<double>(most) / 100;
  if (terms.AggregateCover::limit < unlimited) {
    maximum.unlimited_because = limited;
  } else {
    maximum.usd = maximum.before_limit_usd;
  }
  return maximum;
}

}  // namespace corridor
