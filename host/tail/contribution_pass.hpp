// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/risk/contributions.hpp"
#include "host/tail/book_years.hpp"
#include "host/tail/group_net.hpp"
#include "host/treaty/apply.hpp"

namespace corridor {

/// A simulated book, as contributions to its tail need it; borrows.
struct SimulatedBook {
  const BookYears& years;
  const Programme& programme;
  const CededYears& ceded;
  Backend& backend;
  std::uint64_t seed = 1;
};

enum class Payouts { gross, net };

/// What each group adds to the years of a TVaR, from those years alone, drawn once more, some groups
/// at a time.
class GroupParts {
 public:
  /// `years`      of the book's yearly payouts of that kind
  /// `groupings`  of all groups
  GroupParts(const SimulatedBook& book, Payouts payouts, ContributionYears years,
             std::vector<PartKeys> groupings);

  /// Draws the years of the next groups: parts come in the book's order.
  void add(std::span<const TailGroup> groups);

  /// Expects all groups of the book to be added.
  const TailParts& parts() const { return parts_; }

 private:
  const SimulatedBook& book_;
  TailParts parts_;
  std::vector<NetOfYear> nets_;  ///< [chosen year]; empty for gross payouts
  std::size_t groups_ = 0;       ///< so far
};

/// Groups by state, by industry and by specific deductible.
std::vector<PartKeys> group_keys(const Portfolio& portfolio);

}  // namespace corridor
