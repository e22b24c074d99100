// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/bits.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor::cuda {

// Amounts above 0 in bins of a 32nd of an octave, in ascending order: the bits of the amount as a
// double, cut after five of the fraction. Few amounts share the bin in which a tail begins.
inline constexpr std::uint32_t tail_bins_per_octave_log2 = 5;
inline constexpr std::uint32_t tail_bins = 64u << tail_bins_per_octave_log2;

/// Bin of an amount above 0.
CORRIDOR_HD std::uint32_t tail_bin(Cents amount) {
  constexpr std::uint32_t of_one_cent = 1023u << tail_bins_per_octave_log2;
  const auto bits = __builtin_bit_cast(std::uint64_t, static_cast<double>(amount));
  return static_cast<std::uint32_t>(bits >> (52 - tail_bins_per_octave_log2)) - of_one_cent;
}

/// Payouts of a figure from some amount above 0 upwards, ascending.
struct TailList {
  const Cents* values = nullptr;
  std::uint64_t count = 0;
};

/// Where the tail from a rank upwards begins in a list.
struct TailStart {
  std::uint64_t first = 0;  ///< the values before it are not above `value_at_risk`
  Cents value_at_risk = 0;
};

/// Expects a list that holds the years from the rank upwards, or every year with a payout: the rank
/// of a year before the list is then one without.
///
/// `years`  of the run
/// `rank`   1-based from the lowest year, at most `years`
CORRIDOR_HD TailStart tail_start(const TailList& list, std::uint64_t years, std::uint64_t rank) {
  const std::uint64_t before = years - list.count;
  if (rank <= before) return {};
  return {rank - before - 1, list.values[rank - before - 1]};
}

}  // namespace corridor::cuda
