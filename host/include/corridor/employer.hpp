// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corridor/error.hpp"
#include "corridor/pricing.hpp"
#include "corridor/quotes.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

/// An amount for the policy's months, given whole or per employee and month.
struct YearlyAmount {
  double usd = 0;
  double usd_pepm = 0;  ///< times employees enrolled, times months
};

/// Fees of a plan that its employer funds, beside claims and stop-loss premium.
struct PlanFees {
  double administration_pepm = 0;
  double network_pepm = 0;
  double pharmacy_pepm = 0;
  double other_pepm = 0;
  double pharmacy_rebate_pepm = 0;  ///< 0 or below: it comes back to the employer
  double other_usd = 0;             ///< once for the policy's months
};

/// What a plan leaves with its member, a person and policy year: the deductible, then a share of
/// what is above it until the member has paid the out-of-pocket maximum. Exact for any claim: it is
/// two more thresholds.
struct PlanDesign {
  double member_deductible_usd = 0;
  double coinsurance = 0;                ///< the member's share, 0 to 1
  double out_of_pocket_maximum_usd = 0;  ///< deductible included; not below it
  bool hsa_qualified = false;            ///< check it against the limits of the book's policy year
};

/// A stop-loss premium quoted to the employer, for one deductible or for every option.
struct PremiumQuote {
  std::optional<double> specific_deductible_usd;  ///< nothing: the only option of the run
  std::optional<double> aggregate_corridor;       ///< nothing: whatever the corridor
  YearlyAmount premium;
};

/// Level funding: the employer pays the claims fund in equal parts, and gets back a share of what
/// claims leave in it.
struct LevelFunding {
  double refund_share = 1;           ///< of the fund's surplus, 0 to 1
  std::optional<YearlyAmount> fund;  ///< nothing: the aggregate attachment
};

/// A part of the group, a client of a pooled plan, say: rows of the group from 0, both ends in.
struct Subgroup {
  std::string name;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> rows;
};

/// How an employer funds its plan; data/employer.md describes the file.
struct Arrangement {
  std::string source;               ///< the file, for messages; "" where there is none
  std::optional<double> employees;  ///< average enrolled; nothing: the book's
  double confidence = 0.90;         ///< of the budget that the study proposes
  double network_discount = 0;      ///< off the book's claims, beyond what they hold already
  PlanFees fees;
  std::vector<PremiumQuote> premiums;           ///< empty: priced by the run
  std::optional<YearlyAmount> budget;           ///< for all costs: fees, premium and claims
  std::optional<YearlyAmount> insured_premium;  ///< of the fully insured alternative
  std::optional<LevelFunding> level_funded;
  std::optional<PlanDesign> plan_design;
  std::vector<Subgroup> subgroups;
  std::string subgroup_column;  ///< or: a column of the members whose values are the sub-groups
  std::uint32_t allocation_years = 10'000;  ///< simulated years that sub-groups are studied over
  bool allocation_years_stated = false;     ///< the file gives them
  std::uint32_t monthly_years = 0;  ///< simulated years that months are studied over; 0: no months
  std::vector<Problem> warnings;    ///< of the file: what it states and never comes to
};

/// Reads a TOML file. Throws Error{missing_input} when it cannot be opened, Error{bad_data} with
/// every problem found, each with its line and column.
Arrangement load_arrangement(const std::string& path);

/// The same from text; `name` stands for the file in messages.
Arrangement parse_arrangement(const std::string& text, const std::string& name);

/// A simulated mean, with its closed form where there is one.
struct MeanCheck {
  double mean_usd = 0, se_usd = 0;
  double exact_usd = NAN;
  double z = NAN;  ///< (mean - exact) / se
};

/// An exact order statistic of the simulated years: of rank ceil(p * years), ascending.
struct Percentile {
  double level = 0;
  double usd = 0;
  double low_usd = 0, high_usd = 0;  ///< order statistics about two standard errors of rank away
};

/// One figure over the simulated years.
struct YearFigure {
  double mean_usd = 0, se_usd = 0, sd_usd = 0;
  std::vector<Percentile> percentiles;  ///< P10 P25 P50 P75 P90 P95 P99
};

/// Years by cost. Bin i takes amounts from edges[i] up to, not including, edges[i + 1]; the last
/// bin has no upper end.
struct Histogram {
  std::vector<double> edges_usd;      ///< [bin]
  std::vector<std::uint64_t> counts;  ///< [bin]
};

/// Against a budget for the whole cost.
struct BudgetOutcome {
  double budget_usd = 0;
  double expected_surplus_usd = 0, expected_deficit_usd = 0;
  double p_over = 0;
};

/// Against a fully insured premium.
struct InsuredOutcome {
  double premium_usd = 0;
  double expected_saving_usd = 0, saving_se_usd = 0;
  double p_cheaper = 0;  ///< years that cost less than the premium
};

struct LevelFundedOutcome {
  double fund_usd = 0, fund_monthly_usd = 0;
  double p_refund = 0;
  YearFigure refund;
  YearFigure cost;  ///< fees, premium, fund and claims beyond it, less the refund
};

/// With the plan design less without it, on the same draws.
struct DesignEffect {
  MeanCheck plan_paid;       ///< claims the plan pays, before stop-loss; exact where known
  MeanCheck net_claims;      ///< after it
  MeanCheck carrier;         ///< stop-loss payments
  double premium_usd = NAN;  ///< priced premium; NaN where it is quoted
};

/// One sub-group's part of the group's cost.
struct SubgroupCost {
  std::string name;
  std::uint64_t members = 0;
  double expected_claims_usd = 0;  ///< plan-paid, closed form
  double expected_share = 0;
  double pooled_usd = 0;  ///< mean cost shared by expected claims
  YearFigure own_cost;    ///< cost by own claims; see data/employer.md
  double specific_recovery_usd = 0, aggregate_recovery_usd = 0;  ///< means, by own claims
};

/// The cost up to the end of one policy month: claims paid so far less what the specific has
/// reimbursed of them. The aggregate settles after the year, but for advances of a monthly
/// accommodation.
struct MonthCost {
  std::uint32_t month = 0;  ///< 1 up
  double fixed_usd = 0;     ///< fees and premium so far
  double plan_paid_usd = 0, specific_usd = 0, advance_usd = 0;  ///< means, so far
  YearFigure cost;                                              ///< fixed and claims so far
};

/// The whole cost of one deductible and corridor, for the policy's months.
struct EmployerOption {
  double specific_deductible_usd = 0;     ///< infinite: no specific cover
  double aggregate_corridor = NAN;        ///< NaN where the attachment is given otherwise
  double aggregate_attachment_usd = NAN;  ///< NaN: no aggregate
  std::vector<std::string> flags;

  double fees_usd = 0;
  double premium_usd = 0;
  bool premium_quoted = false;  ///< by the arrangement; else priced by this run
  double fixed_usd = 0;         ///< fees and premium

  MeanCheck plan_paid;         ///< claims before any stop-loss
  MeanCheck below_deductible;  ///< those that count to the aggregate
  MeanCheck specific_before_asd;
  MeanCheck specific, aggregate;  ///< payments
  MeanCheck net_claims;           ///< claims after both

  YearFigure net;                              ///< claims after both covers
  YearFigure cost;                             ///< fixed and net claims
  double maximum_liability_usd = INFINITY;     ///< infinite: nothing bounds a year
  double maximum_before_limit_usd = INFINITY;  ///< while the aggregate has not paid its limit
  double p_over_maximum = 0;                   ///< years above that
  std::string unlimited_because;               ///< why, where it is infinite
  double p995_usd = 0, largest_usd = 0;        ///< cost: 99.5th percentile and largest year seen
  Histogram histogram;

  double p_over_expected_10 = 0, p_over_expected_25 = 0;
  double p_aggregate_attaches = 0;
  double p_asd_exhausted = NAN;  ///< NaN: there is no aggregating specific
  double p_any_claimant = NAN;   ///< somebody above the deductible; NaN without a specific
  double expected_claimants = NAN;
  double expected_claimants_exact = NAN;     ///< closed form; NaN where somebody has a laser
  std::vector<double> claimant_probability;  ///< [0, 1, ...], the last entry: so many or more

  double budget_at_confidence_usd = 0;
  std::optional<BudgetOutcome> budget;
  std::optional<InsuredOutcome> insured;
  double break_even_mean_usd = 0;    ///< insured premium with the same expected cost
  double break_even_median_usd = 0;  ///< insured premium that half of the years cost less than
  std::optional<LevelFundedOutcome> level_funded;
  std::optional<DesignEffect> design;
  std::vector<SubgroupCost> subgroups;
  std::vector<MonthCost> months;  ///< empty where not asked for
};

/// One option against the first of its corridor: what a higher deductible saves and risks.
struct FrontierPoint {
  std::size_t option = 0;  ///< index into EmployerStudy::options
  double premium_saved_usd = 0;
  double extra_net_usd = 0, extra_net_se_usd = 0;  ///< expected, paired
  double extra_p95_net_usd = 0;
  double extra_cost_usd = 0;  ///< expected: extra net claims less premium saved
  std::optional<std::size_t>
      dominated_by;  ///< option no worse in mean and P95 of cost, better in one
};

/// What a year of a self-funded plan may cost its employer.
struct EmployerStudy {
  std::string group_id, state;
  std::uint64_t members = 0;
  double employee_months = 0, months = 12;
  Arrangement arrangement;
  double confidence = 0.90;
  std::vector<EmployerOption> options;
  std::vector<FrontierPoint> frontier;
  CredibilityGate gate;
  std::vector<Problem> warnings;
  RunFacts run;
};

/// Simulates one group of a book as its employer sees it. The options are the deductibles and
/// corridors of `options`, else the group's bound terms.
///
/// throws  Error, whose kind is the command's exit code: usage for a group that the book lacks
EmployerStudy study_employer(const std::string& path, const std::string& group_id,
                             const Arrangement& arrangement, const RunOptions& options,
                             const PricingBasis& basis = {});

/// The study in a format, as the bytes of a file: "hdf5", "csv", "json", "text".
/// throws  Error{usage} for an unknown format
std::string render_employer(const EmployerStudy& study, std::string_view format,
                            const ReportOptions& options = {});

/// Writes it in the format that the path's extension names; all of the file or nothing.
/// throws  Error{usage} for an unknown extension, Error{cannot_create}, Error{io}
void write_employer(const EmployerStudy& study, const std::string& path,
                    const ReportOptions& options = {});

}  // namespace corridor
