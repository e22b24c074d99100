// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/paid_years.hpp"

// Sanitizers do not know the resolver that picks a clone before they have started.
#if defined(__x86_64__) && defined(__GNUC__) && __GNUC__ >= 12 && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CORRIDOR_ANY_VECTOR __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define CORRIDOR_ANY_VECTOR
#endif

namespace corridor {
namespace {

CORRIDOR_HD void pay(const GroupView& group, const GroupView* counted, const GridRow& row,
                     SumsView sums, std::uint32_t count, PaidYears& paid) {
  // A copy, because what is stored below might be the terms for all the compiler knows.
  const GridRow own = row;
  for (std::uint32_t y = 0; y < count; ++y) {
    YearState state = year_state(group, own, sums, y, counted);
    own.terms.apply(state);
    paid.counted[y] = state.counted;
    paid.specific_before_asd[y] = state.specific_before_asd;
    paid.specific[y] = state.specific;
    paid.aggregate[y] = state.aggregate;
    paid.gross[y] = state.specific + state.aggregate;
  }
}

// What a group has or has not is a constant of each of these loops, so that a loop does several
// years at once.

template <bool banded, bool limited>
CORRIDOR_HD void pay_plain(const GroupView& group, GridRow row, SumsView sums,
                           std::uint32_t count, PaidYears& paid) {
  GroupView bare;
  bare.threshold_count = group.threshold_count;
  bare.personal_count = banded ? 1 : 0;
  if (!limited) row.limit_threshold = GridRow::no_limit;
  pay(bare, nullptr, row, sums, count, paid);
}

CORRIDOR_ANY_VECTOR void pay_unlimited(const GroupView& group, const GridRow& row, SumsView sums,
                                       std::uint32_t count, PaidYears& paid) {
  pay_plain<false, false>(group, row, sums, count, paid);
}
CORRIDOR_ANY_VECTOR void pay_limited(const GroupView& group, const GridRow& row, SumsView sums,
                                     std::uint32_t count, PaidYears& paid) {
  pay_plain<false, true>(group, row, sums, count, paid);
}
CORRIDOR_ANY_VECTOR void pay_banded(const GroupView& group, const GridRow& row, SumsView sums,
                                    std::uint32_t count, PaidYears& paid) {
  pay_plain<true, false>(group, row, sums, count, paid);
}
CORRIDOR_ANY_VECTOR void pay_banded_limited(const GroupView& group, const GridRow& row,
                                            SumsView sums, std::uint32_t count, PaidYears& paid) {
  pay_plain<true, true>(group, row, sums, count, paid);
}

/// Amounts below 2^52 square exactly from halves of 26 bits, and 2^12 of the products add up in 64.
constexpr int half_bits = 26;
constexpr std::uint64_t low_half = (1ull << half_bits) - 1;
static_assert(PaidYears::most <= 1u << 12);

struct HalvesSums {
  std::uint64_t sum = 0, low_low = 0, low_high = 0, high_high = 0, hits = 0, seen = 0;
};

CORRIDOR_ANY_VECTOR HalvesSums halves_sums(const Cents* amounts, std::size_t count) {
  HalvesSums sums;
  for (std::size_t y = 0; y < count; ++y) {
    const auto amount = static_cast<std::uint64_t>(amounts[y]);
    const std::uint64_t low = amount & low_half, high = amount >> half_bits;
    sums.sum += amount;
    sums.low_low += low * low;
    sums.low_high += low * high;
    sums.high_high += high * high;
    sums.hits += amount > 0 ? 1 : 0;
    sums.seen |= amount;
  }
  return sums;
}

CORRIDOR_ANY_VECTOR Cents raise_all(const Cents* amounts, std::size_t count,
                                           std::uint8_t rung, std::uint8_t* rungs) {
  Cents any = 0;
  for (std::size_t y = 0; y < count; ++y) any |= amounts[y];
  if (any == 0) return 0;
  for (std::size_t y = 0; y < count; ++y) {
    const std::uint8_t reached = amounts[y] > 0 ? rung : std::uint8_t{0};
    rungs[y] = rungs[y] > reached ? rungs[y] : reached;
  }
  return any;
}

CORRIDOR_ANY_VECTOR void add_all(const Cents* from, std::size_t count, Cents* to) {
  for (std::size_t y = 0; y < count; ++y) to[y] += from[y];
}

CORRIDOR_ANY_VECTOR void add_plain_layer(const Cents* low, const Cents* high, double share,
                                         std::uint32_t count, Cents* to) {
  for (std::uint32_t y = 0; y < count; ++y) to[y] += share_of(low[y] - high[y], share);
}

CORRIDOR_ANY_VECTOR void add_banded_layer(const LayerColumns& layer, double share,
                                          std::uint32_t count, Cents* to) {
  const LayerColumns own = layer;
  for (std::uint32_t y = 0; y < count; ++y) {
    const Cents low = own.low[y] - own.low_band[y], high = own.high[y] - own.high_band[y];
    to[y] += share_of(low - high, share);
  }
}

}  // namespace

void pay_years(const GroupView& group, const GroupView* counted, const GridRow& row, SumsView sums,
               std::uint64_t at, std::uint32_t count, PaidYears& paid) {
  const SumsView from{sums.data + at, sums.stride};
  const bool limited = row.limit_threshold != GridRow::no_limit;
  paid.count = count;
  if (counted != nullptr || has_families(group) || has_run_in(group)) {
    pay(group, counted, row, from, count, paid);
  } else if (has_bands(group)) {
    (limited ? pay_banded_limited : pay_banded)(group, row, from, count, paid);
  } else {
    (limited ? pay_limited : pay_unlimited)(group, row, from, count, paid);
  }
}

void add_amounts(std::span<const Cents> amounts, CellTally& cell) {
  const HalvesSums sums = halves_sums(amounts.data(), amounts.size());
  if (sums.seen >> (2 * half_bits) != 0) {
    for (const Cents amount : amounts) cell.add(amount);
    return;
  }
  cell.sum.add(sums.sum, 0);
  cell.squares.add(sums.low_low, 0);
  cell.squares.add(sums.low_high << (half_bits + 1), sums.low_high >> (64 - half_bits - 1));
  cell.squares.add(sums.high_high << (2 * half_bits), sums.high_high >> (64 - 2 * half_bits));
  cell.hits += sums.hits;
}

void add_columns(std::span<const Cents> from, Cents* to) { add_all(from.data(), from.size(), to); }

bool raise_rungs(std::span<const Cents> above, std::uint8_t rung, std::uint8_t* rungs) {
  return raise_all(above.data(), above.size(), rung, rungs) != 0;
}

void add_layer(const LayerColumns& layer, double share, std::uint32_t count, Cents* to) {
  if (layer.low_band != nullptr) {
    add_banded_layer(layer, share, count, to);
  } else {
    add_plain_layer(layer.low, layer.high, share, count, to);
  }
}

}  // namespace corridor
