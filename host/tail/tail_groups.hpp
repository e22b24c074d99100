// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/treaties.hpp"
#include "host/tail/tail_group.hpp"
#include "kernels/tallies.hpp"

namespace corridor {

struct GroupSums;

/// The portfolio without a grid to quote: every group on its bound terms.
Portfolio bound_terms(Portfolio portfolio);

/// The layers of the treaties of persons, in the programme's order.
std::vector<PersonLayer> person_layers(const Programme& programme);

/// Every group of a plan on bound terms.
///
/// throws  Error{bad_data} where the layers need more thresholds than a run has
std::vector<TailGroup> tail_groups(const Portfolio& portfolio, const Plan& plan,
                                   std::span<const PersonLayer> layers);

/// A group's sums as a pricing run would leave them, without tails.
GroupTally tally_of(const GroupSums& sums, const GridRow& row);

}  // namespace corridor
