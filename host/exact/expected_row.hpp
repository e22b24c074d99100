// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/plan.hpp"
#include "kernels/lane/grid.hpp"

namespace corridor {

/// Expected stop-loss sums of one job, dollars: what SumsView holds, in the mean.
struct ExpectedSums {
  double ground_up_usd = 0;
  std::vector<double> excess_usd;  ///< [threshold]
  std::vector<double> band_usd;    ///< [threshold]
};

/// What a row's terms expect of a year. Up to the aggregating specific every term is linear in the
/// sums, so their means take the place of a year's amounts; rounding to cents is left out. Retained
/// claims are NaN where they hold what an aggregating specific absorbs: that is not linear.
ExactRow expected_row(const GridRow& row, const ExpectedSums& sums);

}  // namespace corridor
