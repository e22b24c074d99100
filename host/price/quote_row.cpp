// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/quote_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/price/credibility.hpp"

namespace corridor {
namespace {

constexpr double no_closed_form = std::numeric_limits<double>::quiet_NaN();

/// The specific cover pays what stands before the aggregating specific, unless there is one.
double exact_specific_usd(const GroupFacts& group, const ExactRow& exact, const FigureLoss& loss) {
  if (std::isfinite(loss.exact_usd)) return loss.exact_usd;
  return group.aggregating_specific_usd > 0 ? no_closed_form : exact.specific_before_asd_usd;
}

void set_covers(QuoteRow& row, const RowLoss& loss, const ExactRow& exact,
                const FigureLoss& no_cover) {
  const QuoteKey& key = *row.key;
  row.retained = {&loss.retained, exact.retained_is_bound ? no_closed_form : exact.retained_usd};
  row.specific_before_asd = {&loss.specific_before_asd, exact.specific_before_asd_usd};
  row.specific = {&loss.specific, exact_specific_usd(*row.group, exact, loss.specific)};
  if (key.has_aggregate) {
    const FigureLoss& aggregate = loss.aggregate.at(key.attachment);
    const FigureLoss& total = loss.total.at(key.attachment);
    row.aggregate = {&aggregate, aggregate.exact_usd};
    row.total = {&total, total.exact_usd};
  } else {
    row.aggregate = {&no_cover, 0};
    row.total = row.specific;
  }
}

bool is_shaky(const Cell& cell) {
  return cell.loss->hits < credible_hits && std::isfinite(z_score(*cell.loss, cell.exact_usd));
}

/// Some of a cover's figures stand on few years with a payout.
bool has_few_hits(const Cell& cell) {
  const bool simulated = cell.loss->source != FigureSource::exact && cell.loss->years > 0;
  return simulated && cell.loss->hits < credible_hits;
}

/// Neither a law nor a run gives a cover's mean.
bool has_no_mean(const Cell& cell) { return std::isnan(cell.loss->mean_usd); }

std::vector<std::string> flags_of(const QuoteRow& row) {
  std::vector<std::string> flags = row.key->flags;
  const bool few_specific = has_specific(*row.key) && has_few_hits(row.specific);
  const bool few_aggregate = row.key->has_aggregate && has_few_hits(row.aggregate);
  if (few_specific || few_aggregate) flags.emplace_back("LOW_HITS");
  if (has_no_mean(row.specific) || has_no_mean(row.aggregate)) {
    flags.emplace_back("NO_EXACT_LAW");
  }
  if (is_shaky(row.retained) || is_shaky(row.specific_before_asd) || is_shaky(row.specific) ||
      is_shaky(row.aggregate)) {
    flags.emplace_back("Z_NOT_CREDIBLE");
  }
  if (!(row.group->employee_months > 0)) flags.emplace_back("NO_EMPLOYEES");
  if (row.experience->left_out) flags.emplace_back("EXPERIENCE_LEFT_OUT");
  if (row.quoted.at_floor) flags.emplace_back("MANUAL_FLOOR");
  if (row.quoted.capped) flags.emplace_back("RATE_CAPPED");
  return flags;
}

/// Factors that the book gave stand; else the attachment is spread over the tiers.
Tiers aggregate_factors(const QuoteRow& row, const Tiers& relativity) {
  const QuoteKey& key = *row.key;
  if (!key.has_aggregate) return monthly_amounts(no_closed_form, relativity, {});
  const bool stated = row.group->has_factors() && std::isnan(key.aggregate_corridor);
  return stated ? row.group->factor_usd
                : monthly_amounts(key.aggregate_attachment_usd, relativity, row.group->tier_months);
}

void set_premiums(QuoteRow& row, const RowSources& sources) {
  const QuoteKey& key = *row.key;
  const Premiums& premiums = sources.premiums;
  row.premiums = premiums.of(has_specific(key) ? row.specific.loss : nullptr,
                             key.has_aggregate ? row.aggregate.loss : nullptr, *row.group);
  const CoverLoads specific = premiums.specific_loads(*row.group);
  const CoverLoads aggregate = premiums.aggregate_loads(*row.group);
  row.quoted = quoted_premium(row.premiums.front(), key.specific_deductible_usd, *row.group,
                              *row.experience, specific, aggregate);
  row.target_loss_ratio = target_loss_ratio(row.quoted, specific, aggregate);
  row.specific_rate_usd =
      monthly_amounts(row.quoted.specific_usd, sources.specific_relativity, row.group->tier_months);
  row.aggregate_factor_usd = aggregate_factors(row, sources.factor_relativity);
  row.maximum = employer_maximum(key, *row.group);
}

/// Which intervals the row's covers show. The specific's large claims are the total's.
void set_interval_claims(QuoteRow& row, const RowSources& sources) {
  const double largest = sources.largest_claim_usd;
  const double retained = largest_retained_usd(row, largest);
  const double specific = largest - std::min(largest, row.key->specific_deductible_usd);
  const auto& levels = sources.losses.levels;
  row.specific.claims = interval_claims(*row.specific.loss, specific, levels);
  row.aggregate.claims = interval_claims(*row.aggregate.loss, retained, levels);
  row.total.claims = interval_claims(*row.total.loss, specific > 0 ? largest : retained, levels);
  row.total.claims.mean = specific > 0 ? row.specific.claims.mean : row.aggregate.claims.mean;
  for (Cell* cell : {&row.specific, &row.aggregate, &row.total}) {
    // Intervals are those of simulated figures.
    const FigureSource source = cell->loss->source;
    cell->claims.mean = cell->claims.mean && source == FigureSource::simulated;
    if (source == FigureSource::exact) cell->claims.tvar.assign(levels.size(), false);
  }
}

}  // namespace

double largest_retained_usd(const QuoteRow& row, double largest_usd) {
  if (row.group->counts.any()) return largest_usd;
  return std::min(largest_usd, row.key->specific_deductible_usd);
}

bool has_specific(const QuoteKey& key) { return std::isfinite(key.specific_deductible_usd); }

QuoteRow covered_row(const QuoteKey& key, const Plan& plan, const Losses& losses,
                     const std::vector<GroupFacts>& groups, const FigureLoss& no_cover) {
  QuoteRow row;
  row.key = &key;
  row.group = &groups.at(key.group);
  row.exact = &plan.exact.rows.at(key.job).at(key.row);
  set_covers(row, losses.jobs.at(key.job).rows.at(key.row), *row.exact, no_cover);
  return row;
}

QuoteRow quote_row(const QuoteKey& key, const RowSources& sources) {
  QuoteRow row = covered_row(key, sources.plan, sources.losses, sources.groups, sources.no_cover);
  row.expected_claims_usd = sources.plan.exact.ground_up_usd.at(key.group);
  row.outside_basis_usd = sources.plan.exact.outside_basis_usd.at(key.group);
  row.experience = &sources.experience.at(key.group);
  set_interval_claims(row, sources);
  set_premiums(row, sources);
  row.flags = flags_of(row);
  return row;
}

}  // namespace corridor
