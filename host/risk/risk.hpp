// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/result_file.hpp"
#include "corridor/run_options.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// Value at risk and tail value at risk of one yearly amount at one level, dollars.
struct RiskFigure {
  double var_usd = 0, var_se_usd = 0;
  Interval var_95;  ///< between two order statistics
  double tvar_usd = 0, tvar_se_usd = 0;
  Interval tvar_95;
};

/// The years' amounts, ascending; the same for any number of threads.
std::vector<Cents> ascending(std::span<const Cents> amounts);

/// VaR = the order statistic of rank ceil(level * years), TVaR = VaR + the sum of what lies above it
/// over (1 - level) * years, on ties too.
RiskFigure risk_at(std::span<const Cents> ascending, const Level& level);

/// The years that make a TVaR and what each weighs in it: the weights add up to 1, and the weighted
/// mean of the amounts is the TVaR, so the weighted means of its parts add up to it.
struct TailYears {
  std::vector<std::uint32_t> years;  ///< ascending
  std::vector<double> weights;       ///< [of years]
};
TailYears tail_years(std::span<const Cents> amounts, const Level& level);

}  // namespace corridor
