// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/column_builder.hpp"

namespace corridor {
namespace {

using Row = const QuoteRow&;

double per_month(double usd, const GroupFacts& group) {
  return group.employee_months > 0 ? usd / group.employee_months : nothing;
}

double ratio_of(double part, double whole) { return whole > 0 ? part / whole : nothing; }

void add_experience(ColumnBuilder& add) {
  add.usd("manual_specific_premium_usd", "specific premium by the first principle, no experience",
          [](Row row) { return row.quoted.manual_specific_usd; });
  add.usd("manual_aggregate_premium_usd", "aggregate premium likewise",
          [](Row row) { return row.quoted.manual_aggregate_usd; });
  add.ratio("credibility", "weight of the group's own experience; 0 without any",
            [](Row row) { return row.experience->credibility; });
  add.ratio("experience_factor_specific", "paid over expected above the deductibles then",
            [](Row row) { return row.experience->factor_specific; });
  add.ratio("experience_factor_aggregate", "paid over expected below the deductibles then",
            [](Row row) { return row.experience->factor_aggregate; });
}

void add_quoted(ColumnBuilder& add) {
  add.usd("quoted_specific_premium_usd", "after experience, floor and rate cap",
          [](Row row) { return row.quoted.specific_usd; });
  add.usd("quoted_aggregate_premium_usd", "after experience and floor",
          [](Row row) { return row.quoted.aggregate_usd; });
  add.usd("quoted_premium_usd", "both covers, for the policy's months",
          [](Row row) { return row.quoted.usd(); });
  add.usd("quoted_pepm_usd", "quoted premium per employee and month; NaN without employees",
          [](Row row) { return per_month(row.quoted.usd(), *row.group); });
  add.ratio("percent_to_manual", "quoted over manual premium, a fraction",
            [](Row row) { return ratio_of(row.quoted.usd(), row.quoted.manual_usd()); });
  add.ratio("renewal_change", "quoted specific over today's rates, less 1; NaN if not given",
            [](Row row) { return has_specific(*row.key) ? row.quoted.renewal_change() : nothing; });
  add.ratio("target_loss_ratio", "share of the quoted premium that the loads leave for losses",
            [](Row row) { return row.target_loss_ratio; });
  add.ratio("expected_loss_ratio", "simulated mean of both covers over the quoted premium",
            [](Row row) { return ratio_of(row.total.loss->mean_usd, row.quoted.usd()); });
}

void add_rates(ColumnBuilder& add) {
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    add.usd(std::string("specific_rate_") + tier_suffixes[tier] + "_usd",
            "quoted specific rate a month; NaN without employees",
            [tier](Row row) { return row.specific_rate_usd[tier]; });
  }
  add.usd("aggregate_rate_pepm_usd", "quoted aggregate premium per employee and month",
          [](Row row) { return per_month(row.quoted.aggregate_usd, *row.group); });
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    add.usd(std::string("aggregate_factor_") + tier_suffixes[tier] + "_usd",
            "attachment an employee and month; NaN without an aggregate",
            [tier](Row row) { return row.aggregate_factor_usd[tier]; });
  }
  add.usd(
      "aggregate_minimum_attachment_usd", "largest minimum of the attachment; 0: none",
      [](Row row) { return row.key->has_aggregate ? row.key->aggregate_minimum_usd : nothing; });
}

/// Both means exact or both simulated, so that no noise is left of one.
double asd_credit_usd(const QuoteRow& row) {
  const Cell &before = row.specific_before_asd, &after = row.specific;
  if (after.loss->source != FigureSource::simulated) return before.exact_usd - after.exact_usd;
  return before.loss->simulated_usd - after.loss->simulated_usd;
}

void add_expectations(ColumnBuilder& add) {
  add.ratio("expected_claimants", "persons a year above their deductible, closed form",
            [](Row row) { return row.exact->claimants; });
  add.ratio("expected_claimants_half", "persons a year above half of it, closed form",
            [](Row row) { return row.exact->claimants_half; });
  add.ratio("maturity_factor", "specific before ASD over the same of a mature contract",
            [](Row row) {
              return ratio_of(row.exact->specific_before_asd_usd,
                              row.exact->mature_specific_before_asd_usd);
            });
  add.usd("outside_basis_usd", "claims incurred in the year that the specific's basis leaves out",
          [](Row row) { return row.outside_basis_usd; });
  add.usd("laser_credit_usd", "what lasers take off the specific's mean, closed form",
          [](Row row) { return row.group->specific_reimbursement * row.exact->laser_band_usd; });
  add.usd("asd_credit_usd", "what the aggregating specific takes off its mean", asd_credit_usd);
}

void add_maximum(ColumnBuilder& add) {
  add.usd("maximum_liability_usd", "most that the employer can pay of a year's claims; or inf",
          [](Row row) { return row.maximum.usd(); });
  add.usd("maximum_cost_usd", "the same and the quoted premium",
          [](Row row) { return row.maximum.usd() + row.quoted.usd(); });
}

}  // namespace

void add_quote_columns(ColumnBuilder& add) {
  add_experience(add);
  add_quoted(add);
  add_rates(add);
  add_expectations(add);
  add_maximum(add);
}

}  // namespace corridor
