// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "host/price/decimal_text.hpp"
#include "host/price/explain.hpp"

namespace corridor {
namespace {

/// Four decimals at most, for words beside a number.
std::string rounded(double value) { return plain(std::round(value * 1e4) / 1e4); }
std::string cents(double usd) { return plain(std::round(usd * 100) / 100); }

struct ShareOfPremium {
  const char* label;
  double CoverLoads::*share;
};
constexpr ShareOfPremium shares[] = {
    {"expense", &CoverLoads::expense},         {"commission", &CoverLoads::commission},
    {"MGU fee", &CoverLoads::mgu_fee},         {"fronting", &CoverLoads::fronting},
    {"premium tax", &CoverLoads::premium_tax}, {"profit", &CoverLoads::profit}};

void explain_cover(const std::string& cover, const CoverPremium& premium, const CoverLoads& loads,
                   const Principle& principle, Account& account) {
  account.section(cover + ": manual premium by " + principle.name);
  account.term("mean payout", premium.loss_usd, "as above");
  account.term("risk load", premium.risk_load_usd, std::string(principle.formula) + " less E[R]");
  account.term_if_any("fixed cost", premium.fixed_usd,
                      cents(loads.fixed_usd_pepm) + " per employee and month");
  account.total("risk-loaded cost");
  for (const ShareOfPremium& load : shares) {
    account.term_if_any(load.label, loads.*load.share * premium.premium_usd,
                        rounded(loads.*load.share) + " of the premium");
  }
  account.total("manual premium", "cost / (1 - shares of the premium)");
}

void explain_periods(const GroupExperience& experience, Account& account) {
  for (const ComparedPeriod& compared : experience.periods) {
    const ExperiencePeriod& period = compared.period;
    const std::string year = std::to_string(period.began);
    account.fact(
        year + ": threshold", period.threshold_usd, "USD",
        cents(period.deductible_usd) + " then, trended by " + rounded(period.trend_factor));
    account.fact(year + ": paid above", period.paid_above_usd, "USD");
    account.fact(year + ": expected above", compared.expected_above_usd, "USD",
                 "closed form, " + plain(period.employee_months) + " employee-months");
    account.fact(year + ": paid below", period.paid_usd - period.paid_above_usd, "USD");
    account.fact(year + ": expected below", compared.expected_usd - compared.expected_above_usd,
                 "USD");
  }
}

void explain_rated(const std::string& cover, double manual, double factor, double rated,
                   double credibility, double floor, Account& account) {
  account.section(cover + ": experience");
  account.fact("experience factor", factor, "1", "paid over expected, all periods");
  const double moved =
      std::isnan(factor) || credibility == 0 ? 0 : credibility * (factor - 1) * manual;
  account.term("manual premium", manual);
  account.term("credibility", moved, "Z (factor - 1) x manual, Z = " + rounded(credibility));
  account.term_if_any("floor", rated - manual - moved,
                      "not below " + rounded(floor) + " of manual");
  account.total("after experience");
}

void explain_experience(const QuoteRow& row, const Premiums& premiums, Account& account) {
  const GroupExperience& experience = *row.experience;
  if (experience.periods.empty()) {
    account.section("Experience");
    account.note("experience", experience.left_out ? "none that could be compared" : "none");
    return;
  }
  account.section("Experience");
  explain_periods(experience, account);
  account.fact("life-years", experience.life_years, "years", "employee-months / 12");
  account.fact("credibility Z", experience.credibility, "1");
  const QuotedPremium& quoted = row.quoted;
  explain_rated("Specific", quoted.manual_specific_usd, experience.factor_specific,
                quoted.rated_specific_usd, experience.credibility,
                premiums.specific_loads(*row.group).percent_to_manual_floor, account);
  explain_rated("Aggregate", quoted.manual_aggregate_usd, experience.factor_aggregate,
                quoted.aggregate_usd, experience.credibility,
                premiums.aggregate_loads(*row.group).percent_to_manual_floor, account);
}

void explain_renewal(const QuoteRow& row, Account& account) {
  const QuotedPremium& quoted = row.quoted;
  if (std::isnan(quoted.current_specific_usd)) return;
  account.section("Renewal");
  account.fact("specific at today's rates", quoted.current_specific_usd, "USD",
               "at the quoted enrolment");
  account.fact("most under the rate cap", quoted.cap_usd, "USD",
               std::isinf(quoted.cap_usd) ? "no cap in force" : "");
  account.term("specific after experience", quoted.rated_specific_usd);
  account.term_if_any("rate cap", quoted.specific_usd - quoted.rated_specific_usd, "");
  account.total("quoted specific premium");
  account.fact("renewal change", quoted.renewal_change(), "1", "quoted / today's - 1");
}

void explain_premium(const QuoteRow& row, Account& account) {
  const QuotedPremium& quoted = row.quoted;
  account.section("Quoted premium");
  account.term("specific", quoted.specific_usd);
  account.term("aggregate", quoted.aggregate_usd);
  account.total("quoted premium", "for " + plain(row.group->policy_months) + " months");
  const double months = row.group->employee_months;
  account.fact("per employee and month", months > 0 ? quoted.usd() / months : std::nan(""), "USD");
  account.fact("target loss ratio", row.target_loss_ratio, "1", "what the loads leave for losses");
  account.fact("expected loss ratio",
               quoted.usd() > 0 ? row.total.loss->mean_usd / quoted.usd() : std::nan(""), "1",
               "mean payout / quoted premium");
}

void explain_tiers(const Tiers& amounts, const QuoteRow& row, Account& account) {
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    const double months = row.group->tier_months[tier];
    account.term(tier_names[tier], months > 0 ? amounts[tier] * months : 0,
                 plain(months) + " months x " + cents(amounts[tier]));
  }
}

void explain_rates(const QuoteRow& row, Account& account) {
  if (!(row.group->employee_months > 0)) return;
  if (has_specific(*row.key)) {
    account.section("Specific rates by tier");
    explain_tiers(row.specific_rate_usd, row, account);
    account.total("quoted specific premium");
  }
  if (!row.key->has_aggregate) return;
  account.section("Aggregate factors by tier");
  explain_tiers(row.aggregate_factor_usd, row, account);
  const double made = over_months(row.aggregate_factor_usd, row.group->tier_months);
  account.term_if_any("minimum", row.key->aggregate_attachment_usd - made,
                      "what it adds to the book's factors");
  account.total("attachment");
}

void explain_maximum(const QuoteRow& row, Account& account) {
  account.section("Employer's maximum");
  if (std::isinf(row.maximum.usd())) {
    account.fact("maximum liability", row.maximum.usd(), "USD", "something is left uncovered");
    account.fact("attachment, lasers and ASD", row.maximum.parts_usd(), "USD",
                 "while limits and shares leave no more");
    return;
  }
  account.term("attachment", row.maximum.attachment_usd);
  account.term_if_any("lasers", row.maximum.laser_usd, "do not count to the aggregate");
  account.term_if_any("aggregating specific", row.maximum.asd_usd,
                      "does not count to the aggregate");
  account.total("maximum liability", "claims of a year at worst");
  account.term("quoted premium", row.quoted.usd());
  account.total("maximum cost");
}

}  // namespace

void explain_manual(const QuoteRow& row, const Premiums& premiums, Account& account) {
  const Principle& principle = *premiums.principles().front();
  const Premium& premium = row.premiums.front();
  if (has_specific(*row.key)) {
    explain_cover("Specific", premium.specific, premiums.specific_loads(*row.group), principle,
                  account);
  }
  if (row.key->has_aggregate) {
    explain_cover("Aggregate", premium.aggregate, premiums.aggregate_loads(*row.group), principle,
                  account);
  }
  if (premiums.principles().size() < 2) return;
  account.section("Manual premium by other principles");
  for (std::size_t i = 1; i < premiums.principles().size(); ++i) {
    account.fact(premiums.principles()[i]->name, row.premiums[i].usd(), "USD",
                 premiums.principles()[i]->formula);
  }
}

void explain_quote(const QuoteRow& row, const Premiums& premiums, Account& account) {
  explain_experience(row, premiums, account);
  explain_renewal(row, account);
  explain_premium(row, account);
  explain_rates(row, account);
  explain_maximum(row, account);
}

}  // namespace corridor
