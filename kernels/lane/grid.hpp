// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/group.hpp"
#include "kernels/lane/tally.hpp"
#include "kernels/lane/terms/terms.hpp"

namespace corridor {

/// One specific deductible of a group's grid with the attachment points quoted beside it.
struct GridRow {
  static constexpr std::uint32_t no_limit = ~0u;

  std::uint32_t deductible_threshold = 0;     ///< index into GroupView::thresholds
  std::uint32_t limit_threshold = no_limit;   ///< likewise, or no_limit
  Terms terms{};                              ///< attachment unset; see `attachments`
  const Cents* attachments = nullptr;         ///< [attachment_count], cents
  std::uint32_t attachment_count = 0;         ///< 0: no aggregate cover is quoted
};

/// Year `year` of a group's sums as the terms see it.
CORRIDOR_HD YearState year_state(const GroupView& group, const GridRow& row, SumsView sums,
                                 std::uint64_t year) {
  const std::uint64_t band = 1 + group.threshold_count;
  const bool has_band = group.personal_count > 0;
  YearState state;
  state.ground_up = sums.data[year];
  state.excess = sums.data[(1 + row.deductible_threshold) * sums.stride + year];
  if (has_band) state.laser_band = sums.data[(band + row.deductible_threshold) * sums.stride + year];
  if (row.limit_threshold != GridRow::no_limit) {
    state.excess_over_limit = sums.data[(1 + row.limit_threshold) * sums.stride + year];
    if (has_band) {
      state.excess_over_limit -= sums.data[(band + row.limit_threshold) * sums.stride + year];
    }
  }
  return state;
}

}  // namespace corridor
