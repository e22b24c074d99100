// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"
#include "corridor/quotes.hpp"
#include "kernels/backend.hpp"

namespace corridor {

/// Exact means of a row's neighbour, in dollars; NaN where there is none.
struct NeighbourMeans {
  double retained_usd = 0, specific_before_asd_usd = 0, specific_usd = 0;
  std::vector<double> aggregate_usd;  ///< [attachment]; may be shorter than the row's attachments
};

/// The same of every row, [job][row], from closed forms and from the laws of the totals; jobs that
/// `exact` leaves empty are empty.
std::vector<std::vector<NeighbourMeans>> neighbour_means(const ExactMeans& means,
                                                         const Losses& exact);

/// Means of the covers that have no closed form once more, with control variates: the payouts of
/// the row's neighbour (the contract without families, run-in limit of the group, and what else has
/// no exact law; see neighbours()) in the same years, whose means are exact. Adds columns
/// C_controlled_mean_usd, C_controlled_se_usd and C_controlled_gain to `quotes`: data/results.md,
/// "Control variates".
///
/// Coefficients are fitted by least squares on a group's first tenth of the years, the mean and its
/// standard error are taken over the others, so the estimate is unbiased.
///
/// `means`  [job][row]
/// Expects `quotes` with the rows of plan.quotes.
/// throws   Error{incomplete} when the options' should_stop says so
void add_controlled_means(const Plan& plan, Backend& backend,
                          const std::vector<std::vector<NeighbourMeans>>& means, Quotes& quotes);

}  // namespace corridor
