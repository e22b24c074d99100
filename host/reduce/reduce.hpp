// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/losses.hpp"
#include "kernels/tallies.hpp"

namespace corridor {

struct ReduceOptions {
  std::uint32_t years = 0;
  std::vector<Level> levels;            ///< in the order of FigureTally::tails
  std::vector<Functional> functionals;  ///< evaluated where payouts were kept; see FigureLoss
};

/// Exact integers to statistics in dollars.
/// Expects years > 0, tails as many as levels, and payouts kept when there are functionals.
JobLosses reduce(const GroupTally& tally, const ReduceOptions& options);

}  // namespace corridor
