// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/table_law.hpp"
#include "kernels/lane/basis.hpp"

namespace corridor {

/// Law of claims incurred in months with the same paid shares.
struct MonthLaw {
  double weight;  ///< share of the month slots
  TableLaw law;
};

/// What a contract's windows take of a claim: mixed over the month of incurral, a law of straight
/// pieces again, because each month takes a nondecreasing function of the claim. A claim's share
/// between the small and the large size is a curve; it is cut into lines of 1/64 octave, each with
/// the curve's own mean.
class EligibleLaw {
 public:
  /// Every claim of the year.
  explicit EligibleLaw(TableLaw law);
  /// Claims of the year `back` before the policy's, at the policy's level of claims over
  /// `relative_scale[back]`: the level is part of the law.
  EligibleLaw(const TableLaw& claims, const Basis& basis, std::uint32_t back);

  const TableLaw& law() const { return law_; }
  /// The months apart, for what is not linear in the survival.
  const std::vector<MonthLaw>& months() const { return months_; }

 private:
  std::vector<MonthLaw> months_;
  TableLaw law_;
};

/// The laws mixed by their weights, which add up to 1.
TableLaw mixture(const std::vector<MonthLaw>& parts);

/// Months with the same shares in one, and how many of the slots they have.
struct MonthShare {
  double small, large_less_small;
  double weight;  ///< adds up to 1
};
std::vector<MonthShare> month_shares(const Basis& basis, std::uint32_t back);

/// large_weight of the lane in double.
double large_weight_of(double claim);

}  // namespace corridor
