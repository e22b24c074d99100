// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/tallies.hpp"

namespace corridor::cpu {

/// Which payouts of a figure a run needs to see again: those from the lowest rank upwards.
struct TailQuestion {
  std::uint64_t years = 0;
  std::vector<std::uint64_t> ranks;  ///< 1-based from below, in the order of the answers
  bool keep_all = false;             ///< every payout above 0, for distributions

  bool asked() const { return keep_all || !ranks.empty(); }
  /// Years at or above the lowest rank.
  std::uint64_t exceeding() const;
};

/// An amount that the tail's payouts very likely exceed, from the payouts of the first years.
/// Wrong guesses cost time, never exactness.
///
/// `sample`  the payouts above 0 of sample_years years; reordered
/// `margin`  standard errors that the sample's quantile is moved down, so that few guesses fail
Cents guess_keep_above(std::vector<Cents>& sample, std::uint64_t sample_years,
                       const TailQuestion& question, double margin);

/// Whether `kept` payouts, all those above some amount, of a figure with `hits` payouts above 0
/// hold every payout from the ranks asked for upwards.
bool answers(const TailQuestion& question, std::uint64_t hits, std::uint64_t kept);

/// Fills tails and sorted_payouts from the kept payouts. Expects answers(question, hits, kept).
void fill_tails(const TailQuestion& question, std::vector<Cents>& kept, FigureTally& figure);

}  // namespace corridor::cpu
