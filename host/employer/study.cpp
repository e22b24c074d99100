// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/study.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/employer/figures.hpp"

namespace corridor {
namespace {

constexpr std::size_t claimants_shown = 10;

Cents to_whole_cents(double usd) { return static_cast<Cents>(std::llround(usd * 100)); }
double usd(Cents amount) { return static_cast<double>(amount) / 100; }

void set_fixed(const OptionInput& input, const Arrangement& arrangement, const Enrolment& enrolment,
               EmployerOption& option) {
  option.fees_usd = usd(to_whole_cents(fees_usd(arrangement.fees, enrolment)));
  const auto quoted = quoted_premium_for(arrangement, input.key.specific_deductible_usd,
                                         input.key.aggregate_corridor);
  option.premium_quoted = quoted.has_value();
  option.premium_usd =
      usd(to_whole_cents(quoted ? amount_usd(*quoted, enrolment) : input.priced_premium_usd));
  option.fixed_usd = option.fees_usd + option.premium_usd;
}

/// The covers' closed forms: the specific's without an aggregating specific, the aggregate's only
/// where there is none.
void set_means(const OptionInput& input, EmployerOption& option) {
  const OptionYears& years = *input.years;
  const auto count = static_cast<std::uint32_t>(years.net.size());
  const ExactRow& exact = input.exact;
  const double specific = input.has_asd ? NAN : exact.specific_before_asd_usd;
  const double aggregate = input.key.has_aggregate ? NAN : 0;
  option.plan_paid = mean_check(years.plan_paid, count, input.exact_plan_paid_usd);
  option.below_deductible = mean_check(years.counted, count, exact.retained_usd);
  option.specific_before_asd =
      mean_check(years.specific_before_asd, count, exact.specific_before_asd_usd);
  option.specific = mean_check(years.specific, specific);
  option.aggregate = mean_check(years.aggregate, aggregate);
  option.net_claims = mean_check(years.net, input.exact_plan_paid_usd - specific - aggregate);
}

double share(std::uint64_t years, std::size_t of) {
  return static_cast<double>(years) / static_cast<double>(of);
}

void set_events(const OptionInput& input, EmployerOption& option) {
  const OptionYears& years = *input.years;
  const std::size_t count = years.net.size();
  option.p_aggregate_attaches = share(years.attached_years, count);
  if (input.has_asd) option.p_asd_exhausted = share(years.asd_exhausted_years, count);
  if (!std::isfinite(input.key.specific_deductible_usd)) return;
  option.claimant_probability.assign(std::min(claimants_shown + 1, years.claimants.size()), 0);
  double persons = 0;
  for (std::size_t k = 0; k < years.claimants.size(); ++k) {
    option.claimant_probability[std::min(k, claimants_shown)] += share(years.claimants[k], count);
    persons += static_cast<double>(k) * static_cast<double>(years.claimants[k]);
  }
  option.p_any_claimant = 1 - option.claimant_probability[0];
  option.expected_claimants = persons / static_cast<double>(count);
  option.expected_claimants_exact = input.exact_claimants;
}

BudgetOutcome against_budget(const SortedYears& net, Cents fixed, double budget_usd) {
  BudgetOutcome outcome;
  outcome.budget_usd = budget_usd;
  const Cents budget = to_whole_cents(budget_usd);
  double surplus = 0, deficit = 0;
  for (const Cents amount : net.by_year) {
    const Cents left = budget - fixed - amount;
    (left > 0 ? surplus : deficit) += std::abs(usd(left));
  }
  outcome.expected_surplus_usd = surplus / net.years();
  outcome.expected_deficit_usd = deficit / net.years();
  outcome.p_over = share_above(net, fixed, usd(budget));
  return outcome;
}

InsuredOutcome against_insured(const SortedYears& net, Cents fixed, const YearFigure& cost,
                               double premium_usd) {
  InsuredOutcome outcome;
  outcome.premium_usd = premium_usd;
  outcome.expected_saving_usd = premium_usd - cost.mean_usd;
  outcome.saving_se_usd = cost.se_usd;
  const double below_premium = std::nextafter(premium_usd, -HUGE_VAL);
  outcome.p_cheaper = 1 - share_above(net, fixed, below_premium);
  return outcome;
}

LevelFundedOutcome level_funded(const LevelFunding& funding, const OptionInput& input,
                                const Enrolment& enrolment, Cents fixed) {
  LevelFundedOutcome outcome;
  const Cents fund = to_whole_cents(funding.fund ? amount_usd(*funding.fund, enrolment)
                                                 : input.key.aggregate_attachment_usd);
  outcome.fund_usd = usd(fund);
  outcome.fund_monthly_usd = outcome.fund_usd / enrolment.months;
  std::vector<Cents> refunds, costs;
  std::uint64_t refunded = 0;
  for (const Cents net : input.years->net) {
    const Cents refund = share_of(excess_over(fund, net), funding.refund_share);
    refunded += refund > 0 ? 1 : 0;
    refunds.push_back(refund);
    costs.push_back(larger(fund, net) - refund);
  }
  outcome.p_refund = share(refunded, refunds.size());
  outcome.refund = year_figure(SortedYears(std::move(refunds)), 0);
  outcome.cost = year_figure(SortedYears(std::move(costs)), fixed);
  return outcome;
}

std::vector<Cents> paid_by_covers(const OptionYears& years) {
  std::vector<Cents> paid(years.specific.size());
  std::transform(years.specific.begin(), years.specific.end(), years.aggregate.begin(),
                 paid.begin(), std::plus<>());
  return paid;
}

std::vector<Cents> plan_paid(const OptionYears& years) {
  std::vector<Cents> paid = paid_by_covers(years);
  std::transform(paid.begin(), paid.end(), years.net.begin(), paid.begin(), std::plus<>());
  return paid;
}

DesignEffect design_effect(const OptionInput& input, bool premium_quoted) {
  const OptionYears& with = *input.years;
  const OptionYears& without = *input.plain_years;
  DesignEffect effect;
  effect.plan_paid = paired_difference(plan_paid(with), plan_paid(without));
  effect.plan_paid.exact_usd = input.exact_plan_paid_usd - input.plain_plan_paid_usd;
  if (effect.plan_paid.se_usd > 0) {
    effect.plan_paid.z =
        (effect.plan_paid.mean_usd - effect.plan_paid.exact_usd) / effect.plan_paid.se_usd;
  }
  effect.net_claims = paired_difference(with.net, without.net);
  effect.carrier = paired_difference(paid_by_covers(with), paid_by_covers(without));
  if (!premium_quoted) effect.premium_usd = input.priced_premium_usd - input.plain_premium_usd;
  return effect;
}

/// Over the fixed cost and every year's net claims.
void set_cost(const OptionInput& input, const SortedYears& net, double confidence,
              EmployerOption& option) {
  const Cents fixed = to_whole_cents(option.fixed_usd);
  option.net = year_figure(net, 0);
  option.cost = year_figure(net, fixed);
  option.maximum_liability_usd = option.fixed_usd + input.maximum.usd;
  option.maximum_before_limit_usd = option.fixed_usd + input.maximum.before_limit_usd;
  option.p_over_maximum = share_above(net, fixed, option.maximum_before_limit_usd + 0.005);
  option.unlimited_because = input.maximum.unlimited_because;
  option.p995_usd = usd(fixed + net.at(0.995));
  option.largest_usd = usd(fixed + net.ascending.back());
  option.p_over_expected_10 = share_above(net, fixed, 1.10 * option.cost.mean_usd);
  option.p_over_expected_25 = share_above(net, fixed, 1.25 * option.cost.mean_usd);
  option.budget_at_confidence_usd = usd(fixed + net.at(confidence));
  option.break_even_mean_usd = option.cost.mean_usd;
  option.break_even_median_usd = usd(fixed + net.at(0.5));
}

double p95(const YearFigure& figure) {
  const auto found = std::find_if(figure.percentiles.begin(), figure.percentiles.end(),
                                  [](const Percentile& at) { return at.level == 0.95; });
  return found->usd;
}

/// No worse in expected cost and in its P95, better in one.
bool dominates(const EmployerOption& a, const EmployerOption& b) {
  const double a_tail = p95(a.cost), b_tail = p95(b.cost);
  const bool no_worse = a.cost.mean_usd <= b.cost.mean_usd && a_tail <= b_tail;
  return no_worse && (a.cost.mean_usd < b.cost.mean_usd || a_tail < b_tail);
}

std::optional<std::size_t> dominating(std::size_t at, const std::vector<EmployerOption>& options) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (!dominates(options[i], options[at])) continue;
    if (!best || options[i].cost.mean_usd < options[*best].cost.mean_usd) best = i;
  }
  return best;
}

std::vector<Cents> first_years(const std::vector<Cents>& amounts, std::size_t years) {
  return {amounts.begin(), amounts.begin() + static_cast<std::ptrdiff_t>(years)};
}

double mean_usd(const std::vector<Cents>& amounts) {
  const Cents sum = std::accumulate(amounts.begin(), amounts.end(), Cents{0});
  return usd(sum) / static_cast<double>(amounts.size());
}

}  // namespace

EmployerOption study_option(const OptionInput& input, const Arrangement& arrangement,
                            const Enrolment& enrolment) {
  EmployerOption option;
  option.specific_deductible_usd = input.key.specific_deductible_usd;
  option.aggregate_corridor = input.key.aggregate_corridor;
  option.aggregate_attachment_usd = input.key.aggregate_attachment_usd;
  option.flags = input.key.flags;
  set_fixed(input, arrangement, enrolment, option);
  set_means(input, option);
  set_events(input, option);
  const SortedYears net(input.years->net);
  set_cost(input, net, arrangement.confidence, option);
  const Cents fixed = to_whole_cents(option.fixed_usd);
  if (arrangement.budget) {
    option.budget = against_budget(net, fixed, amount_usd(*arrangement.budget, enrolment));
  }
  if (arrangement.insured_premium) {
    option.insured = against_insured(net, fixed, option.cost,
                                     amount_usd(*arrangement.insured_premium, enrolment));
  }
  const auto& funding = arrangement.level_funded;
  if (funding && (funding->fund || input.key.has_aggregate)) {
    option.level_funded = level_funded(*funding, input, enrolment, fixed);
  }
  if (input.plain_years != nullptr) option.design = design_effect(input, option.premium_quoted);
  return option;
}

void set_histograms(const std::vector<OptionInput>& inputs, std::vector<EmployerOption>& options) {
  double least = HUGE_VAL, most = -HUGE_VAL;
  std::vector<SortedYears> sorted;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    sorted.emplace_back(inputs[i].years->net);
    least = std::min(least, options[i].fixed_usd + usd(sorted[i].ascending.front()));
    most = std::max(most, options[i].p995_usd);
  }
  const std::vector<double> edges = histogram_edges(least, most);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    options[i].histogram = histogram(sorted[i], to_whole_cents(options[i].fixed_usd), edges);
  }
}

MonthCost month_cost(const OptionYears& so_far, std::size_t month, double fixed_usd) {
  MonthCost cost;
  cost.month = static_cast<std::uint32_t>(month);
  cost.fixed_usd = fixed_usd;
  cost.plan_paid_usd =
      mean_check(so_far.plan_paid, static_cast<std::uint32_t>(so_far.net.size()), NAN).mean_usd;
  cost.specific_usd = mean_usd(so_far.specific);
  cost.advance_usd = mean_usd(so_far.aggregate);
  cost.cost = year_figure(SortedYears(so_far.net), to_whole_cents(fixed_usd));
  return cost;
}

std::vector<FrontierPoint> frontier(const std::vector<OptionInput>& inputs,
                                    const std::vector<EmployerOption>& options) {
  std::vector<FrontierPoint> points;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto same_corridor = [&](const OptionInput& other) {
      return other.key.attachment == inputs[i].key.attachment;
    };
    const auto first = static_cast<std::size_t>(
        std::find_if(inputs.begin(), inputs.end(), same_corridor) - inputs.begin());
    const MeanCheck extra = paired_difference(inputs[i].years->net, inputs[first].years->net);
    FrontierPoint point;
    point.option = i;
    point.premium_saved_usd = options[first].premium_usd - options[i].premium_usd;
    point.extra_net_usd = extra.mean_usd;
    point.extra_net_se_usd = extra.se_usd;
    point.extra_p95_net_usd = p95(options[i].net) - p95(options[first].net);
    point.extra_cost_usd = extra.mean_usd - point.premium_saved_usd;
    point.dominated_by = dominating(i, options);
    points.push_back(point);
  }
  return points;
}

std::vector<SubgroupCost> subgroup_costs(const EmployerOption& option, const OptionYears& years,
                                         const std::vector<SubgroupFacts>& facts,
                                         const std::vector<SubgroupYears>& subgroups) {
  const std::size_t count = subgroups.front().plan_paid.size();
  const OwnCosts own =
      own_costs(subgroups, first_years(years.net, count), first_years(years.specific, count),
                first_years(years.aggregate, count));
  std::vector<Cents> expected, heads;
  for (const SubgroupFacts& subgroup : facts) {
    expected.push_back(to_whole_cents(subgroup.expected_claims_usd));
    heads.push_back(static_cast<Cents>(subgroup.members.rows.size()));
  }
  const Cents fixed = to_whole_cents(option.fixed_usd);
  const std::vector<Cents> fixed_parts = apportioned(fixed, heads);
  const double whole = mean_usd(first_years(years.net, count)) + usd(fixed);
  const std::vector<Cents> pooled = apportioned(to_whole_cents(whole), expected);
  const double all_expected = usd(std::accumulate(expected.begin(), expected.end(), Cents{0}));
  std::vector<SubgroupCost> costs;
  for (std::size_t s = 0; s < facts.size(); ++s) {
    SubgroupCost cost;
    cost.name = facts[s].members.name;
    cost.members = facts[s].members.rows.size();
    cost.expected_claims_usd = facts[s].expected_claims_usd;
    if (all_expected > 0) cost.expected_share = cost.expected_claims_usd / all_expected;
    cost.pooled_usd = usd(pooled[s]);
    cost.own_cost = year_figure(SortedYears(own.net[s]), fixed_parts[s]);
    cost.specific_recovery_usd = mean_usd(own.specific[s]);
    cost.aggregate_recovery_usd = mean_usd(own.aggregate[s]);
    costs.push_back(std::move(cost));
  }
  return costs;
}

}  // namespace corridor
