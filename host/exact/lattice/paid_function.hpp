// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/table_law.hpp"
#include "host/exact/totals/person_function.hpp"

namespace corridor {

/// What random claims y add to a person's part of a total, beyond what certain claims make of it:
/// h(min(y + certain, maximum)) - h(min(certain, maximum)), in lines over y.
struct PaidFunction {
  std::vector<PersonFunction::Line> lines;  ///< ascending; the first has a slope above 0
  double certain_usd = 0;                   ///< h(min(certain, maximum))

  bool nothing() const { return lines.empty(); }
  bool bounded() const { return nothing() || lines.back().slope == 0; }
  double highest() const;  ///< infinite where not bounded
  double operator()(double y) const;
  /// The least y that pays `paid`, or from which on nothing more is.
  double amount_for(double paid) const;
  /// The same function of amounts counted in units of `unit`.
  PaidFunction in_units(double unit) const;
};

PaidFunction paid_function(const PersonFunction& of_claims, double certain_usd, double maximum_usd);

/// Of paid(scale * X).
struct PaidMoments {
  double positive = 0;  ///< P(paid > 0)
  double mean = 0, square = 0;
};

/// In closed form, over all of the law: anything with above(t).
///
/// The second derivative of paid^2 is twice the squared slope along a line and, at its start, the
/// amount paid there times twice the change of the slope.
template <class Law>
PaidMoments paid_moments(const PaidFunction& paid, const Law& law, double scale) {
  PaidMoments moments;
  if (paid.nothing() || !(scale > 0)) return moments;
  double before = 0, amount = 0, from = 0;
  for (const PersonFunction::Line& line : paid.lines) {
    const double threshold = line.from_usd / scale;
    amount += before * (line.from_usd - from);
    const double change = line.slope - before;
    const double square_change = line.slope * line.slope - before * before;
    const LawAbove above = law.above(threshold);
    const double excess = scale * above.excess;
    if (&line == &paid.lines.front()) moments.positive = above.survival;
    moments.mean += change * excess;
    moments.square += 2 * amount * change * excess +
                      square_change * scale * scale * above.excess_squared;
    before = line.slope;
    from = line.from_usd;
  }
  return moments;
}

}  // namespace corridor
