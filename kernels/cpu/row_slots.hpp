// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lane/grid.hpp"

namespace corridor::cpu {

/// Years a row kernel takes at a time: its columns and scratch stay in the first-level cache.
inline constexpr std::uint32_t tally_years = 512;

/// No payout is kept above this.
inline constexpr Cents keep_none = INT64_MAX;

/// A kernel may write this many values past the last one it keeps.
inline constexpr std::size_t kept_slack = 8;

/// Where a row kernel adds one figure of some years. Plain data, so that kernels compiled for one
/// instruction set need no library code.
struct FigureSlot {
  CellTally cell;
  Cents keep_above = keep_none;  ///< payouts above it are appended to `kept`, in no stated order
  Cents* kept = nullptr;         ///< has room for tally_years + kept_slack beyond kept_count
  std::size_t kept_count = 0;
};

struct RowSlots {
  CellTally counted;
  CellTally specific_before_asd;
  FigureSlot specific;
  FigureSlot* aggregate = nullptr;  ///< [attachment_count]
  FigureSlot* total = nullptr;      ///< [attachment_count]
  bool neutral_terms = false;       ///< has_neutral_terms of the job and row
};

}  // namespace corridor::cpu
