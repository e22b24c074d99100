// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corridor/employer.hpp"
#include "corridor/plan.hpp"
#include "host/employer/allocation.hpp"
#include "host/employer/liability.hpp"
#include "host/employer/option_years.hpp"

namespace corridor {

/// What amounts per employee are multiplied with.
struct Enrolment {
  double employee_months = 0;  ///< 0: unknown
  double months = 12;
};

/// Dollars for the policy's months.
double amount_usd(const YearlyAmount& amount, const Enrolment& enrolment);
double fees_usd(const PlanFees& fees, const Enrolment& enrolment);

/// Throws Error{bad_data} where the arrangement gives an amount per employee and enrolment is not
/// known.
void check_enrolment(const Arrangement& arrangement, const Enrolment& enrolment);

/// Premium that the arrangement quotes for an option; nothing: price it.
std::optional<YearlyAmount> quoted_premium_for(const Arrangement& arrangement,
                                               double specific_deductible_usd,
                                               double aggregate_corridor);

/// Throws Error{bad_data} where the premiums do not fit the options: one premium for several, or a
/// deductible that is no option.
void check_premiums(const Arrangement& arrangement, const std::vector<QuoteKey>& options);

/// One option with everything that its cost follows from.
struct OptionInput {
  QuoteKey key;  ///< deductible on plan-paid claims
  bool has_asd = false;
  const OptionYears* years = nullptr;
  ExactRow exact;
  double exact_plan_paid_usd = 0;
  double exact_claimants = NAN;  ///< persons above the deductible
  double priced_premium_usd = 0;
  ClaimsMaximum maximum;

  /// The same option without the plan design; null where there is none.
  const OptionYears* plain_years = nullptr;
  double plain_premium_usd = 0;
  double plain_plan_paid_usd = 0;  ///< exact
};

/// Every option but its histogram, whose bins all options share.
EmployerOption study_option(const OptionInput& input, const Arrangement& arrangement,
                            const Enrolment& enrolment);

/// Sets the histograms of all options.
void set_histograms(const std::vector<OptionInput>& inputs, std::vector<EmployerOption>& options);

/// What each option saves and risks against the first of its corridor.
MonthCost month_cost(const OptionYears& so_far, std::size_t month, double fixed_usd);

std::vector<FrontierPoint> frontier(const std::vector<OptionInput>& inputs,
                                    const std::vector<EmployerOption>& options);

/// What a sub-group is, before any year.
struct SubgroupFacts {
  SubgroupMembers members;
  double expected_claims_usd = 0;
};

/// The sub-groups' parts of an option's cost over the first years of the run.
std::vector<SubgroupCost> subgroup_costs(const EmployerOption& option, const OptionYears& years,
                                         const std::vector<SubgroupFacts>& facts,
                                         const std::vector<SubgroupYears>& subgroups);

}  // namespace corridor
