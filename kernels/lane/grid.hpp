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

  std::uint32_t deductible_threshold = 0;    ///< index into GroupView::thresholds
  std::uint32_t limit_threshold = no_limit;  ///< likewise, or no_limit
  Terms terms{};                             ///< attachment unset; see `attachments`
  const Cents* attachments = nullptr;        ///< [attachment_count], cents
  std::uint32_t attachment_count = 0;        ///< 0: no aggregate cover is quoted
};

/// Year `year` of a group's sums as the terms see it. Where the aggregate counts claims otherwise
/// than the specific (on another basis, or without excluded members), `counted` is the group as it
/// counts them: same thresholds, its columns behind those of `group`.
CORRIDOR_HD YearState year_state(const GroupView& group, const GridRow& row, SumsView sums,
                                 std::uint64_t year, const GroupView* counted = nullptr) {
  const auto at = [&](std::uint32_t column) { return sums.data[column * sums.stride + year]; };
  YearState state;
  state.ground_up = sums.data[year];
  state.excess = at(1 + row.deductible_threshold);
  if (has_bands(group)) state.laser_band = at(band_column(group) + row.deductible_threshold);
  if (has_families(group)) state.family = at(family_column(group) + row.deductible_threshold);
  if (row.limit_threshold != GridRow::no_limit) {
    state.excess_over_limit = at(1 + row.limit_threshold);
    if (has_bands(group)) state.excess_over_limit -= at(band_column(group) + row.limit_threshold);
  }
  const GroupView& counts = counted != nullptr ? *counted : group;
  const std::uint32_t first = counted != nullptr ? sums_columns(group) : 0;
  state.countable = at(first) - at(first + 1 + row.deductible_threshold);
  if (has_families(counts)) {
    state.countable -= at(first + family_column(counts) + row.deductible_threshold);
  }
  if (has_run_in(counts)) state.run_in = at(first + run_in_column(counts));
  return state;
}

}  // namespace corridor
