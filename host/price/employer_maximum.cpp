// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/employer_maximum.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

bool has_specific(const QuoteKey& quote) { return std::isfinite(quote.specific_deductible_usd); }

/// Does the aggregate stop everything that counts to it?
bool is_stopped(const QuoteKey& quote, const GroupFacts& group) {
  return quote.has_aggregate && group.aggregate_reimbursement == 1 &&
         std::isinf(group.aggregate_limit_usd);
}

/// Does some claim stay with the employer that neither cover counts?
bool leaks(const QuoteKey& quote, const GroupFacts& group) {
  if (group.excluded_members > 0 && group.counts.not_excluded_members) return true;
  if (!has_specific(quote)) return false;
  if (group.excluded_members > 0 && !group.counts.laser_band) return true;
  if (group.specific_reimbursement < 1 && !group.counts.coinsurance) return true;
  return std::isfinite(group.specific_limit_usd) && !group.counts.over_limit;
}

double laser_bands_usd(const QuoteKey& quote, const GroupFacts& group) {
  double sum = 0;
  for (const double laser : group.lasers_usd) {
    sum += std::max(laser - quote.specific_deductible_usd, 0.0);
  }
  return sum;
}

}  // namespace

EmployerMaximum employer_maximum(const QuoteKey& quote, const GroupFacts& group) {
  EmployerMaximum maximum;
  maximum.is_open = !is_stopped(quote, group) || leaks(quote, group);
  maximum.attachment_usd = quote.has_aggregate ? quote.aggregate_attachment_usd : std::nan("");
  if (!has_specific(quote)) return maximum;
  if (!group.counts.laser_band) maximum.laser_usd = laser_bands_usd(quote, group);
  if (!group.counts.asd_absorbed) maximum.asd_usd = group.aggregating_specific_usd;
  // Bands that use the retention up leave the larger of the two.
  if (group.asd_counts_lasers) {
    maximum.asd_usd = std::max(maximum.asd_usd - maximum.laser_usd, 0.0);
  }
  return maximum;
}

}  // namespace corridor
