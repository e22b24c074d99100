// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/portfolio.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// Flattens the buckets of each law that lie above its cap whatever the scale and the year: the cap
/// cuts every such claim to the same cents, and smaller numbers keep the sums exact. Notes the rungs of
/// the laws' factors in the book.
void flatten_above_caps(Book& book, std::uint32_t law_count);

/// Problems with amounts that cents cannot hold: a claim of 2^51 cents, a group of 2^62.
std::vector<Problem> overflow_problems(const Portfolio& portfolio, const Book& book);

}  // namespace corridor
