// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/portfolio.hpp"
#include "host/plan/grid.hpp"

namespace corridor {

/// Terms that a group states and that act on nothing in any option of `grid`: terminal liability
/// without an aggregate, a rate cap on rates of 0. Warnings W_IDLE, one a column and reason: of the
/// first such group, with the number of further ones.
std::vector<Problem> idle_terms(const Portfolio& portfolio, const QuoteGrid& grid);

}  // namespace corridor
