// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "corridor/losses.hpp"

namespace corridor {

/// Order statistics, 1-based from below, between which a quantile lies with `coverage` at least.
struct RankRange {
  std::uint64_t low = 0, high = 0;
  double coverage = 0;

  bool exists() const { return low > 0; }
};

/// The ranks that hold the quantile which a year exceeds with probability `outside`, in 95 of a
/// hundred runs or more and no more ranks than that takes: exact binomial probabilities, the same
/// for every law without atoms. None where they leave the sample.
RankRange quantile_ranks(std::uint64_t years, double outside);

/// A probability from its hits.
struct Share {
  double probability = 0, se = 0;
  double low = 0, high = 0;  ///< 95% interval; NaN where none is claimed
};

/// Fewer hits, or years without, than this carry no interval of a probability.
inline constexpr std::uint64_t share_hits = 20;

/// Hits over years with Wilson's score interval.
///
/// source  E. B. Wilson, Probable inference, the law of succession, and statistical inference,
///         J. Amer. Statist. Assoc. 22 (1927)
Share share_of_years(std::uint64_t hits, std::uint64_t years);

}  // namespace corridor
