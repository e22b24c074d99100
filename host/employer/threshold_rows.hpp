// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <vector>

#include "corridor/plan.hpp"
#include "host/employer/option_years.hpp"
#include "host/employer/plan_design.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// The rows of a book of one group without contract terms (keep_claims_only): each is a threshold
/// of a person's eligible claims, and gives what stands above and below it.
class ThresholdRows {
 public:
  explicit ThresholdRows(const Book& book);

  /// Persons whose eligible claims exceed a threshold: excess over it less excess over the next
  /// cent, which is one cent a person. Expects rows of both.
  std::uint64_t persons_above(Cents threshold, std::span<const SumsView> sums,
                              std::uint64_t year) const;

  /// What members pay of a year under a plan design. Expects rows of D and T; nothing of a design
  /// that pays everything.
  MembersShare members_share(const DesignThresholds& design, std::span<const SumsView> sums,
                             std::uint64_t year) const;

  /// Expected sums below the design's thresholds, dollars.
  struct Expected {
    double eligible_usd = 0;          ///< members' share on the specific's basis
    double countable_usd = 0;         ///< on the aggregate's
    double mature_countable_usd = 0;  ///< on the aggregate's cover, were its basis mature
  };
  Expected expected_share(const DesignThresholds& design, const ExactMeans& means) const;

 private:
  struct Place {
    std::size_t job, row;
  };

  YearState state(Cents threshold, std::span<const SumsView> sums, std::uint64_t year) const;

  const Book& book_;
  std::map<Cents, Place> places_;
};

/// The thresholds that the rows above must have, dollars, ascending: the design's, and for every
/// deductible itself and the next cent.
std::vector<double> measured_thresholds(const DesignThresholds& design,
                                        const std::vector<Cents>& deductibles);

}  // namespace corridor
