// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// One value of a year's severity and its share of the years.
struct EffectNode {
  double log_severity = 0;
  double weight = 1;
};

/// Normal scores that nodes lie between, whatever the step.
struct EffectReach {
  double low = 0, high = 0;
};
EffectReach effect_reach(double sigma);

/// The severities of a slice's years as a sum, ascending; weights add up to 1 (the slice's own
/// weight is not in them). Points are equally spaced in the normal score, with one at 0 and every
/// second one those of twice the step: the trapezoid rule, whose error falls like exp(-c / step^2)
/// on laws smooth over a step.
///
/// `conditional_cv`  coefficient of variation of what is summed, given the severity 1: a total that
///                   varies little beside the effect is a steep function of it and needs more nodes
/// `step_factor`     times min(0.6, 1.2 conditional_cv / sigma), the latter at least 0.02, or an
///                   all but certain total would ask for nodes without end
/// returns one node where sigma is 0
///
/// Scores run from -7 to 7 + 2 sigma, so that what is left out is below 1e-11 of the first two
/// moments. Gauss-Hermite nodes would be off by 1e-3 at 250 lives and 10% at 2,500, because the
/// payout over an attachment is no polynomial of the effect.
std::vector<EffectNode> effect_nodes(const YearSlice& slice, double conditional_cv,
                                     double step_factor = 1);

}  // namespace corridor
