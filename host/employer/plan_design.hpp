// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/employer.hpp"
#include "corridor/portfolio.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// A plan design as thresholds of a person's allowed charges x, in whole cents. The plan pays
///   x - min(x, D) - c (min(x, T) - min(x, D)),   T = D + (OOP - D) / c
/// because the member has reached the out-of-pocket maximum at T. From there on the plan pays
/// x - OOP: a stop-loss deductible d on what the plan pays is one of d + OOP on allowed charges.
struct DesignThresholds {
  Cents deductible = 0;     ///< D
  Cents maximum = 0;        ///< T
  Cents out_of_pocket = 0;  ///< what the member has paid from T on
  double coinsurance = 0;   ///< c, the member's share

  /// The plan pays everything.
  bool neutral() const { return out_of_pocket == 0; }
};

DesignThresholds design_thresholds(const PlanDesign& design);

/// What members pay of a group-year: D and T stand for the sums of min(x, D) and min(x, T).
/// Rounded to cents once, ties to even; never above `below_maximum`.
Cents members_share(Cents below_deductible, Cents below_maximum, double coinsurance);

/// The same of expected sums, dollars.
double members_share_usd(double below_deductible_usd, double below_maximum_usd, double coinsurance);

/// Raises every amount of the book's contract that stands on plan-paid claims by what a member pays
/// at most: bound deductible, lasers and limits that include the retention.
///
/// throws  Error{bad_data} for a family deductible, or a deductible or laser that a member can
/// reach
///         before the out-of-pocket maximum
void raise_contract(Portfolio& book, const DesignThresholds& design);

/// The same of a list of deductibles, dollars.
std::vector<double> raised_deductibles(const std::vector<double>& specific_usd,
                                       const DesignThresholds& design);

/// Takes every contract term out of the book but those that say which claims are eligible, so that
/// a threshold quoted as a deductible gives the plain sums above and below it.
void keep_claims_only(Portfolio& book);

/// The limits of a high-deductible plan for a health savings account, self-only coverage.
struct HsaLimits {
  int year;
  double least_deductible_usd, most_out_of_pocket_usd;
  const char* source;
};

/// Throws Error{bad_data} where a plan that says it is HSA-qualified is not by the limits of the
/// book's policy year, or where those are not on record.
void check_hsa(const PlanDesign& design, int policy_year, const std::string& source);

}  // namespace corridor
