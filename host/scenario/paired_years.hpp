// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "corridor/run_options.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// A figure of one yearly amount in both runs, and how sure the change is: both runs saw the same
/// years, so its standard error is that of paired differences. NaN where nothing is claimed.
struct PairedFigure {
  std::string figure;  ///< "mean", "sd", "var_99", "tvar_99"
  double base_usd = 0, stressed_usd = 0;
  double change_se_usd = 0;

  double change_usd() const { return stressed_usd - base_usd; }
};

/// Mean, standard deviation and, at every level, VaR and TVaR. A figure's standard error is the
/// spread, over the years, of the difference of its influence functions in the two runs, over
/// sqrt(years); VaR's density is the slope of the order statistics around it.
///
/// `base`, `stressed`  [year], the same years
/// source  F. R. Hampel, The influence curve and its role in robust estimation, JASA 69, 1974;
///         E. Bofinger, Estimation of a density function using order statistics, Australian Journal
///         of Statistics 17, 1975
std::vector<PairedFigure> paired_figures(std::span<const Cents> base,
                                         std::span<const Cents> stressed,
                                         std::span<const Level> levels);

/// Standard error of the change of a mean, from the payouts of batches of the same years in both
/// runs: sqrt(sum of (n_b (d_b - d))^2 * B / (B - 1)) / N, with n_b the batch's years, d_b its change
/// a year and d that of all N years. NaN with fewer than ten batches.
///
/// `base`, `stressed`  [batch] cents, of all the batch's years
/// `years`             [batch]
double paired_batch_error_usd(std::span<const Cents> base, std::span<const Cents> stressed,
                              std::span<const std::uint32_t> years);

/// A share of years, and how sure its change is.
struct PairedShare {
  double base = 0, stressed = 0, change_se = 0;
};

/// Years above a threshold, each run with its own.
PairedShare paired_share_above(std::span<const Cents> base, double base_usd,
                               std::span<const Cents> stressed, double stressed_usd);

}  // namespace corridor
