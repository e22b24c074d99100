// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/risk/contributions.hpp"
#include "host/tail/book_years.hpp"
#include "host/treaty/apply.hpp"

namespace corridor {

/// A simulated book, as contributions to its tail need it; borrows.
struct SimulatedBook {
  std::span<const TailGroup> groups;
  const BookYears& years;
  const Programme& programme;
  const CededYears& ceded;
  Backend& backend;
  std::uint64_t seed = 1;
};

enum class Payouts { gross, net };

/// What each group adds to the years of a TVaR, from those years alone, drawn once more.
///
/// `years`  of the book's yearly payouts of that kind
TailParts group_parts(const SimulatedBook& book, Payouts payouts, ContributionYears years,
                      std::vector<PartKeys> groupings);

/// Groups by state, by industry and by specific deductible.
std::vector<PartKeys> group_keys(const Portfolio& portfolio);

}  // namespace corridor
