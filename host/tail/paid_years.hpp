// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "kernels/lane/grid.hpp"

namespace corridor {

/// What one group pays in a few years, cents, [year of the piece]. The years are so few that
/// columns stay in the cache from one loop to the next.
struct PaidYears {
  static constexpr std::uint32_t most = 512;

  std::uint32_t count = 0;
  alignas(64) std::array<Cents, most> counted, specific_before_asd, specific, aggregate, gross;
};

/// Takes rows [at, at + count) of a group's sums through its terms, as YearState::apply does each.
///
/// `row`    with its attachment in the terms
/// `count`  1 to PaidYears::most
void pay_years(const GroupView& group, const GroupView* counted, const GridRow& row, SumsView sums,
               std::uint64_t at, std::uint32_t count, PaidYears& paid);

/// CellTally::add of every amount; 0 or more each, at most PaidYears::most of them.
void add_amounts(std::span<const Cents> amounts, CellTally& cell);

/// to[i] += from[i].
void add_columns(std::span<const Cents> from, Cents* to);

/// rungs[y] = larger(rungs[y], rung) where above[y] > 0; false where no year is above.
bool raise_rungs(std::span<const Cents> above, std::uint8_t rung, std::uint8_t* rungs);

/// to[y] += the share of (low[y] - low_band[y]) - (high[y] - high_band[y]), rounded a year; without
/// bands where they are null.
struct LayerColumns {
  const Cents *low, *high;
  const Cents *low_band = nullptr, *high_band = nullptr;
};
void add_layer(const LayerColumns& layer, double share, std::uint32_t count, Cents* to);

}  // namespace corridor
