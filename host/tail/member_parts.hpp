// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "host/risk/contributions.hpp"
#include "host/tail/contribution_pass.hpp"

namespace corridor {

/// One person's part in the years of a tail.
struct MemberPart {
  std::size_t group = 0;
  std::uint32_t member = 0;   ///< index in the group
  Contribution contribution;  ///< of what the specific pays for the person, before an aggregating
                              ///< specific and treaties; its share is of everybody's
};

/// The persons for whom the specific pays most in the years of a TVaR. Only those years are drawn
/// again, some groups at a time, and only where a group paid for somebody.
class LargestMembers {
 public:
  /// `most`  persons that are kept
  LargestMembers(const SimulatedBook& book, ContributionYears years, std::size_t most);

  /// Draws the years of the next groups: parts come in the book's order.
  void add(std::span<const TailGroup> groups);

  /// Largest first. Expects all groups of the book to be added.
  std::vector<MemberPart> found() const;

 private:
  void keep_largest();

  const SimulatedBook& book_;
  TailParts tail_;
  std::size_t most_;
  std::vector<MemberPart> largest_;  ///< so far, their shares unknown
  PartSums everybody_;
  std::size_t groups_ = 0;  ///< so far
};

}  // namespace corridor
