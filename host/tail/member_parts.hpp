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

/// The `most` persons for whom the specific pays most in the years of a TVaR, largest first. Only
/// those years are drawn again, and only where a group paid for somebody.
std::vector<MemberPart> largest_members(const SimulatedBook& book, const ContributionYears& years,
                                        std::size_t most);

}  // namespace corridor
