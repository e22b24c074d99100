// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "host/price/decimal_text.hpp"
#include "host/price/explain.hpp"

namespace corridor {
namespace {

constexpr std::size_t lasers_shown = 10;

void explain_enrolment(const QuoteRow& row, Account& account) {
  const GroupFacts& group = *row.group;
  account.section("Enrolment");
  account.fact("members", static_cast<double>(group.members), "persons");
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    account.term(tier_names[tier], group.tier_months[tier],
                 "employees x " + plain(group.policy_months) + " months", "months");
  }
  account.total("employee-months", "", "months");
}

void explain_lasers(const QuoteRow& row, Account& account) {
  const GroupFacts& group = *row.group;
  const double deductible = row.key->specific_deductible_usd;
  for (std::size_t i = 0; i < group.lasers_usd.size() && i < lasers_shown; ++i) {
    account.fact("laser", group.lasers_usd[i], "USD",
                 group.lasers_usd[i] <= deductible ? "not above the deductible, so without effect"
                                                   : "own deductible of one person");
  }
  if (group.lasers_usd.size() > lasers_shown) {
    account.fact("further lasers", static_cast<double>(group.lasers_usd.size() - lasers_shown),
                 "persons");
  }
  if (group.excluded_members > 0) {
    account.fact("excluded from the specific", static_cast<double>(group.excluded_members),
                 "persons", "a laser without end");
  }
}

void explain_contract(const QuoteRow& row, Account& account) {
  const GroupFacts& group = *row.group;
  account.section("Contract");
  account.note("contract basis", group.basis);
  account.fact("specific deductible", row.key->specific_deductible_usd, "USD", "of each person");
  if (has_specific(*row.key)) {
    explain_lasers(row, account);
    account.fact("specific share", group.specific_reimbursement, "1", "of the excess");
    account.fact("specific limit", group.specific_limit_usd, "USD", "a person");
    account.fact("aggregating specific", group.aggregating_specific_usd, "USD",
                 "kept by the employer of all payments");
  }
  if (!row.key->has_aggregate) return;
  account.fact("aggregate share", group.aggregate_reimbursement, "1", "of the excess");
  account.fact("aggregate limit", group.aggregate_limit_usd, "USD");
}

/// Claims below and above the deductible make the claims where nothing else counts to the
/// aggregate.
bool splits_at_deductible(const QuoteRow& row) {
  return row.group->aggregate_is_plain && std::isfinite(row.exact->retained_usd);
}

void explain_before_asd(const QuoteRow& row, Account& account) {
  const ExactRow& exact = *row.exact;
  if (!splits_at_deductible(row)) {
    account.term("before aggregating specific", exact.specific_before_asd_usd,
                 "closed form, after lasers, share, limit");
    return;
  }
  const double excess = row.expected_claims_usd - exact.retained_usd;
  account.term("expected claims", row.expected_claims_usd, "closed form, over all effects");
  account.term("below the deductible", -exact.retained_usd, "closed form");
  account.total("excess over the deductible");
  account.term_if_any("lasers", -exact.laser_band_usd, "excess below lasers");
  account.term_if_any("share and limit",
                      exact.specific_before_asd_usd - (excess - exact.laser_band_usd),
                      "left with the employer");
  account.total("before aggregating specific", "closed form");
}

/// How far a mean can be trusted: a simulated one by its standard error, an exact one by the
/// simulation beside it.
void explain_check(const FigureLoss& loss, Account& account) {
  if (loss.source != FigureSource::simulated) {
    account.fact("largest error of its figures", loss.exact_error_usd, "USD", "estimated");
    if (std::isnan(loss.simulated_usd)) return;
    account.fact("simulated mean", loss.simulated_usd, "USD");
  }
  account.fact("standard error", loss.se_usd, "USD");
}

void explain_specific(const QuoteRow& row, Account& account) {
  account.section("Specific: expected payout");
  account.fact("outside the contract basis", row.outside_basis_usd, "USD",
               "not covered, in no figure below");
  if (!has_specific(*row.key)) {
    account.note("specific", "not quoted");
    return;
  }
  const FigureLoss& before = *row.specific_before_asd.loss;
  const FigureLoss& specific = *row.specific.loss;
  account.fact("persons above their deductible", row.exact->claimants, "persons", "a year");
  account.fact("persons above half of it", row.exact->claimants_half, "persons", "a year");
  explain_before_asd(row, account);
  if (specific.source == FigureSource::simulated) {
    account.term("simulation", before.mean_usd - row.exact->specific_before_asd_usd,
                 "mean less closed form, error " + plain(std::round(before.se_usd * 100) / 100));
    account.term_if_any("aggregating specific", specific.mean_usd - before.mean_usd, "simulated");
    account.total("specific payout", "simulated mean");
  } else {
    account.term_if_any("aggregating specific",
                        specific.mean_usd - row.exact->specific_before_asd_usd,
                        "from the law of the group's total");
    account.total("specific payout", "exact mean");
  }
  explain_check(specific, account);
  account.fact("standard deviation of a year", specific.sd_usd, "USD");
}

void explain_attachment(const QuoteRow& row, Account& account) {
  const QuoteKey& key = *row.key;
  account.fact("expected retained claims", row.exact->retained_usd, "USD",
               "counts to the aggregate, no margin");
  if (!std::isnan(key.aggregate_corridor)) {
    account.fact("corridor", key.aggregate_corridor, "1");
    account.fact("corridor x expected", key.aggregate_corridor * row.exact->retained_usd, "USD");
  } else {
    account.note("attachment", row.group->has_factors() ? "from the book's monthly factors"
                                                        : "stated in the book as an amount");
  }
  account.fact("largest minimum", key.aggregate_minimum_usd, "USD",
               key.aggregate_minimum_usd == 0 ? "none"
               : key.aggregate_minimum_usd < key.aggregate_attachment_usd
                   ? "below the quoted attachment"
                   : "it holds");
  account.fact("attachment", key.aggregate_attachment_usd, "USD", "the larger, in whole cents");
}

void explain_aggregate(const QuoteRow& row, Account& account) {
  account.section("Aggregate: attachment and expected payout");
  if (!row.key->has_aggregate) {
    account.note("aggregate", "not quoted");
    return;
  }
  explain_attachment(row, account);
  const FigureLoss& aggregate = *row.aggregate.loss;
  const bool simulated = aggregate.source == FigureSource::simulated;
  account.fact("years above the attachment", aggregate.probability, "1",
               simulated ? "of those simulated" : "exact");
  account.fact("aggregate payout", aggregate.mean_usd, "USD",
               simulated ? "simulated mean" : "exact mean");
  explain_check(aggregate, account);
  account.fact("standard deviation of a year", aggregate.sd_usd, "USD");
}

}  // namespace

void explain_covers(const QuoteRow& row, Account& account) {
  explain_enrolment(row, account);
  explain_contract(row, account);
  explain_specific(row, account);
  explain_aggregate(row, account);
}

}  // namespace corridor
