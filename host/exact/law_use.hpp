// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "host/exact/excess_grid.hpp"
#include "kernels/backend.hpp"

namespace corridor {

/// How persons use one law: the range of their scales and about how many figures they ask of it
/// (neighbours with the same scale ask once).
struct LawUse {
  std::uint32_t table = 0;
  LogRange scales{};
  std::size_t count = 0;
};

/// Uses of a job's laws, ascending by table, scales as they are stored.
std::vector<LawUse> law_uses(const GroupJob& job);

/// Adds `more` to `uses`, both ascending by table, with the scales of `more` times exp(log_centre).
std::vector<LawUse> merged_uses(const std::vector<LawUse>& uses, const std::vector<LawUse>& more,
                                double log_centre);

/// Range of a job's finite thresholds and caps above 0, in log dollars; low > high where it has
/// none.
LogRange threshold_range(const GroupJob& job);

LogRange joined(LogRange a, LogRange b);

}  // namespace corridor
