// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <vector>

#include "host/exact/claims_view.hpp"
#include "host/exact/excess_grid.hpp"

namespace corridor {

/// A law: what a basis takes of the claims that a table draws.
struct LawKey {
  std::uint32_t table = 0;
  std::uint32_t basis = 0;  ///< see BasisNumbers

  auto operator<=>(const LawKey&) const = default;
};

/// The law of a person of the second loop.
LawKey law_of(const PersonalMember& person, const ClaimsView& view);

/// How persons use one law.
struct LawUse {
  LawKey key;
  LogRange scales{};     ///< logarithms of the smallest and the largest
  bool thinned = false;  ///< some exposure below 1
};

/// Uses of a view's laws, ascending by key, scales as they are stored.
std::vector<LawUse> law_uses(const ClaimsView& view);

/// Adds `more` to `uses`, both ascending by key, with the scales of `more` times exp(log_centre).
std::vector<LawUse> merged_uses(const std::vector<LawUse>& uses, const std::vector<LawUse>& more,
                                double log_centre);

/// Range of a job's finite thresholds and caps above 0, in log dollars; low > high where it has
/// none.
LogRange threshold_range(const GroupJob& job);

LogRange joined(LogRange a, LogRange b);

}  // namespace corridor
