// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/exact/table_law.hpp"
#include "host/exact/year_factors.hpp"

namespace corridor {

// P(X > x) = min(1, c P0(X > x)): nobody claims more than surely, so in years in which exposure *
// frequency exceeds 1 the smallest claims are cut off. Means that take the frequency as a mere
// factor count them; these say how much that is, over all effects, in dollars at scale 1. The
// group's effect is integrated in closed form at each S, S by Gauss-Legendre inside the pieces of
// the law, the shared effects by the trapezoid rule, years with and without a pandemic apart.
// Expect exposure <= 1.

// Several laws that one S decides between by chance (the months of incurral) are cut one by one.

double cut_mean(const TableLaw& law, const YearFactors& factors, double exposure);

/// Part of the excess over `threshold`; 0 for a deductible that few people reach.
double cut_excess(const TableLaw& law, const YearFactors& factors, double exposure,
                  double threshold);

/// Part of P(X > threshold).
double cut_survival(const TableLaw& law, const YearFactors& factors, double exposure,
                    double threshold);

}  // namespace corridor
