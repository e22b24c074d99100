// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/run_options.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// Value at risk and tail value at risk of one yearly amount at one level, dollars. NaN where
/// nothing is claimed.
struct RiskFigure {
  double var_usd = 0, var_se_usd = 0;
  Interval var_95;  ///< between two order statistics
  double tvar_usd = 0, tvar_se_usd = 0;
  Interval tvar_95;
  std::uint64_t tail_years = 0;  ///< years - ceil(level * years)
};

/// The years' amounts, ascending; the same for any number of threads.
std::vector<Cents> ascending(std::span<const Cents> amounts);

/// VaR = the order statistic of rank ceil(level * years), TVaR = VaR + the sum of what lies above
/// it over (1 - level) * years, on ties too: an exact fraction, rounded once.
///
/// TVaR's standard error is that of its influence function, VaR + (x - VaR)+ / (1 - level), so
/// sd((x - VaR)+) / ((1 - level) sqrt(years)): what VaR's own error adds is in it. Its interval is
/// that of a skewed mean. Expects a year or more.
///
/// `largest_usd`  the most that one event adds to a year: no interval of the TVaR where the tail
/// may
///                have missed such events, above 3.5 sqrt(years above VaR) mean excesses. 0: not
///                known
/// source         B. J. Manistre, G. H. Hancock, Variance of the CTE estimator, North American
///                Actuarial Journal 9(2), 2005
RiskFigure risk_at(std::span<const Cents> ascending, const Level& level, double largest_usd = 0);

/// The years that make a TVaR and what each weighs in it: the weights add up to 1, and the weighted
/// mean of the amounts is the TVaR, so the weighted means of its parts add up to it. Years above
/// VaR weigh 1 / ((1 - level) * years) each; years at VaR share the rest, the first of them where
/// more tie than the tail has years.
struct TailYears {
  std::vector<std::uint32_t> years;  ///< ascending
  std::vector<double> weights;       ///< [of years]
};
TailYears tail_years(std::span<const Cents> amounts, const Level& level);

}  // namespace corridor
