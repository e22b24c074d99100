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
  std::vector<double> excess_usd;    ///< [threshold]
  std::vector<double> band_usd;      ///< [threshold]
  std::vector<double> family_usd{};  ///< [threshold], empty without families
  std::vector<double> claimants{};   ///< [threshold] persons over their own threshold, where asked
  std::vector<double> claimants_half{};  ///< [threshold] over half of it
};

/// What a row's terms expect of a year. Up to the aggregating specific every term is linear in the
/// sums, so their means take the place of a year's amounts; rounding to cents is left out. Retained
/// claims are NaN where they hold what an aggregating specific absorbs: that is not linear. The
/// mature figures are those of the row itself.
///
/// `counted`  the sums as the aggregate counts claims, where they differ from the specific's
ExactRow expected_row(const GridRow& row, const ExpectedSums& sums,
                      const ExpectedSums* counted = nullptr);

}  // namespace corridor
