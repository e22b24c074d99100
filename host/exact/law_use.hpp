// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
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

/// How persons use one law: the range of their scales and about how many figures they ask of it
/// (neighbours with the same scale ask once).
struct LawUse {
  LawKey key;
  LogRange scales{};
  std::size_t count = 0;
  bool thinned = false;  ///< some exposure below 1
};

/// Uses of a view's laws, ascending by key, scales as they are stored. `figures` how many a person
/// asks for.
std::vector<LawUse> law_uses(const ClaimsView& view, std::size_t figures);

/// Adds `more` to `uses`, both ascending by key, with the scales of `more` times exp(log_centre).
std::vector<LawUse> merged_uses(const std::vector<LawUse>& uses, const std::vector<LawUse>& more,
                                double log_centre);

/// Range of a job's finite thresholds and caps above 0, in log dollars; low > high where it has
/// none.
LogRange threshold_range(const GroupJob& job);

LogRange joined(LogRange a, LogRange b);

}  // namespace corridor
