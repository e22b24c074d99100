// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/distribution/quantile_curve.hpp"

namespace corridor {

/// One person's annual claims X >= 0 in dollars, in double, without the cap: `maximum_usd` acts in
/// the lane, after scale and effects. Amounts given to it are 0 or more. data/laws.md describes
/// every kind.
class ClaimLaw : public QuantileCurve {
 public:
  /// P(X > amount); falls, continuous from the right.
  virtual double survival(double amount_usd) const = 0;
  /// Smallest amount x with P(X > x) <= survival: 0 in the zero atom.
  double quantile(double survival) const override = 0;
  /// E[X].
  virtual double mean() const = 0;
  /// E[max(X - deductible, 0)], to full relative accuracy far into the tail.
  virtual double excess(double deductible_usd) const = 0;
  /// E[min(X, deductible)].
  virtual double limited_expected_value(double deductible_usd) const {
    return mean() - excess(deductible_usd);
  }

  double quantile_integral(double low, double high) const override;
};

/// Every problem of one law of a book, errors and warnings; empty when there is nothing to say.
/// `all` are the book's laws, `spec` among them: a law may be made of others. `file` and `group`
/// of the problems stay empty, the reader knows them.
std::vector<Problem> check_law(const DistributionSpec& spec,
                               const std::vector<DistributionSpec>& all);

/// The law of a spec.
///
/// throws  Error{bad_data} with the errors of check_law when there are any
std::unique_ptr<ClaimLaw> make_law(const DistributionSpec& spec,
                                   const std::vector<DistributionSpec>& all);

}  // namespace corridor
