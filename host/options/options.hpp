// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/quotes.hpp"
#include "kernels/backend.hpp"

namespace corridor {

/// Years that the options of a group are studied over, at most: the first of the run's, so the same
/// draws. They need several passes over a group.
inline constexpr std::uint32_t option_years_most = 100'000;

/// Whether a group of the book has an option that add_options studies.
bool has_options(const Portfolio& portfolio);

/// Monthly accommodation, terminal liability and renewal promises of the groups that have them, as
/// further columns of the results: data/results.md, "Options". A kind that no group of the book has
/// adds no column; a group without it has NaN.
///
/// `book`  that the portfolio is, or is a part of; of it only groups' terms count
/// Groups without a quote in the plan are left out. Expects `quotes` with the rows of plan.quotes
/// and their target_loss_ratio
void add_options(const Portfolio& book, const Portfolio& portfolio, const Plan& plan,
                 Backend& backend, Quotes& quotes);

}  // namespace corridor
