// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/run_options.hpp"
#include "host/layers/layer_years.hpp"

namespace corridor {

/// Value at risk and tail value at risk at one level, dollars.
struct WeightedTail {
  double var_usd = 0, var_se_usd = 0, tvar_usd = 0, tvar_se_usd = 0;
};

/// What weighted years say of a year's loss. Errors are standard errors.
struct WeightedFigures {
  std::uint64_t years = 0;
  double mean_usd = 0, se_usd = 0;
  double sd_usd = 0, sd_se_usd = 0;  ///< of a year's loss, not of its weighted one
  double probability = 0, probability_se = 0;  ///< of a loss
  std::uint64_t hits = 0;                      ///< years drawn with a loss
  double effective_years = 0;                  ///< (sum w)^2 / sum w^2 of the hits
  double largest_weight = 0;
  std::vector<WeightedTail> tails;  ///< [level]

  /// Standard error that as many years of plain simulation would leave: sd / sqrt(years).
  double plain_se_usd() const;
  /// Plain simulation's variance over this one's, of means of as many years; NaN without a spread.
  double variance_ratio() const;
};

/// Expects two years or more.
///
/// VaR at level q is the smallest amount that is exceeded with probability 1 - q at most, TVaR that
/// and the mean of what lies above it over 1 - q. TVaR's error is that of its influence function.
/// VaR's is half the distance between the VaRs one standard error of the probability of exceeding
/// it up and down.
WeightedFigures weighted_figures(const WeightedYears& years, const std::vector<Level>& levels);

}  // namespace corridor
