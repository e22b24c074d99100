// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/quote_row.hpp"

#include <cmath>
#include <limits>

#include "host/price/credibility.hpp"

namespace corridor {
namespace {

constexpr double no_closed_form = std::numeric_limits<double>::quiet_NaN();

bool has_specific(const QuoteKey& key) { return std::isfinite(key.specific_deductible_usd); }

/// The specific cover pays what stands before the aggregating specific, unless there is one.
double exact_specific_usd(const GroupFacts& group, const ExactRow& exact) {
  return group.aggregating_specific_usd > 0 ? no_closed_form : exact.specific_before_asd_usd;
}

void set_covers(QuoteRow& row, const RowLoss& loss, const ExactRow& exact,
                const FigureLoss& no_cover) {
  const QuoteKey& key = *row.key;
  row.retained = {&loss.retained, exact.retained_usd};
  row.specific_before_asd = {&loss.specific_before_asd, exact.specific_before_asd_usd};
  row.specific = {&loss.specific, exact_specific_usd(*row.group, exact)};
  if (key.has_aggregate) {
    row.aggregate = {&loss.aggregate.at(key.attachment), no_closed_form};
    row.total = {&loss.total.at(key.attachment), no_closed_form};
  } else {
    row.aggregate = {&no_cover, 0};
    row.total = row.specific;
  }
}

bool is_shaky(const Cell& cell) {
  return cell.loss->hits < credible_hits && std::isfinite(z_score(*cell.loss, cell.exact_usd));
}

std::vector<std::string> flags_of(const QuoteRow& row) {
  std::vector<std::string> flags = row.key->flags;
  const bool few_specific = has_specific(*row.key) && row.specific.loss->hits < credible_hits;
  const bool few_aggregate = row.key->has_aggregate && row.aggregate.loss->hits < credible_hits;
  if (few_specific || few_aggregate) flags.emplace_back("LOW_HITS");
  if (is_shaky(row.retained) || is_shaky(row.specific_before_asd) || is_shaky(row.specific)) {
    flags.emplace_back("Z_NOT_CREDIBLE");
  }
  if (!(row.group->employee_months > 0)) flags.emplace_back("NO_EMPLOYEES");
  return flags;
}

}  // namespace

QuoteRow quote_row(const QuoteKey& key, const RowSources& sources) {
  const ExactRow& exact = sources.plan.exact.rows.at(key.job).at(key.row);
  const RowLoss& loss = sources.losses.jobs.at(key.job).rows.at(key.row);
  QuoteRow row;
  row.key = &key;
  row.group = &sources.groups.at(key.group);
  row.expected_claims_usd = sources.plan.exact.ground_up_usd.at(key.group);
  row.expected_retained_usd = exact.retained_usd;
  set_covers(row, loss, exact, sources.no_cover);
  row.premium_usd =
      sources.premiums.of(has_specific(key) ? row.specific.loss : nullptr,
                          key.has_aggregate ? row.aggregate.loss : nullptr, *row.group);
  row.flags = flags_of(row);
  return row;
}

}  // namespace corridor
