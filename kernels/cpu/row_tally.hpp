// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/row_slots.hpp"

namespace corridor::cpu {

/// Amounts below this square exactly from halves of 26 bits, and tally_years of them add up in 64.
inline constexpr std::uint64_t narrow_amounts = 1ull << 52;
inline constexpr int half_bits = 26;

/// Sums over at most tally_years amounts below narrow_amounts: of the amounts, and of the products
/// of their halves.
struct HalvesSums {
  std::uint64_t sum, low_low, low_high, high_high, hits;

  CORRIDOR_HD void add_to(CellTally& cell) const {
    cell.sum.add(sum, 0);
    cell.squares.add(low_low, 0);
    cell.squares.add(low_high << (half_bits + 1), low_high >> (64 - half_bits - 1));
    cell.squares.add(high_high << (2 * half_bits), high_high >> (64 - 2 * half_bits));
    cell.hits += hits;
  }
};

/// One line of a grid over a few years. The terms are the lane's own, year by year; `Isa` adds up:
///   tally(amounts, years, cell)              the CellTally::add of every amount
///   keep(amounts, years, slot)               appends those above slot.keep_above
template <class Isa>
class RowTallier {
 public:
  CORRIDOR_HD RowTallier(const GroupView& group, const GroupView* counted, const GridRow& row,
                         SumsView sums, std::uint32_t years, bool neutral_terms)
      : row_(row), years_(years) {
    if (counted != nullptr || has_families(group) || has_run_in(group)) {
      apply_terms(group, counted, row, sums);
    } else if (neutral_terms) {
      // The same terms as constants, of which the compiler leaves a subtraction or two.
      GridRow neutral;
      neutral.deductible_threshold = row.deductible_threshold;
      neutral.terms.deductible = row.terms.deductible;
      apply_plain_terms(group, neutral, sums);
    } else {
      apply_plain_terms(group, row, sums);
    }
  }

  CORRIDOR_HD void add_to(RowSlots& slots) {
    Isa::tally(counted_, years_, slots.counted);
    Isa::tally(before_asd_, years_, slots.specific_before_asd);
    add(specific_, slots.specific);
    AggregateCover cover = row_.terms;
    for (std::uint32_t a = 0; a < row_.attachment_count; ++a) {
      cover.attachment = row_.attachments[a];
      for (std::uint32_t y = 0; y < years_; ++y) {
        aggregate_[y] = cover.ceded(counted_[y]);
        total_[y] = specific_[y] + aggregate_[y];
      }
      add(aggregate_, slots.aggregate[a]);
      add(total_, slots.total[a]);
    }
  }

 private:
  /// Terms of a group without families and years before its policy. What a group has or has not is
  /// a constant of each loop, so that a loop does several years at once.
  CORRIDOR_HD void apply_plain_terms(const GroupView& group, const GridRow& row, SumsView sums) {
    GridRow unlimited_row = row;
    unlimited_row.limit_threshold = GridRow::no_limit;
    const bool limited = row.limit_threshold != GridRow::no_limit;
    GroupView bare;
    bare.threshold_count = group.threshold_count;
    if (has_bands(group)) {
      bare.personal_count = 1;
      limited ? apply_terms(bare, nullptr, row, sums)
              : apply_terms(bare, nullptr, unlimited_row, sums);
    } else {
      limited ? apply_terms(bare, nullptr, row, sums)
              : apply_terms(bare, nullptr, unlimited_row, sums);
    }
  }

  CORRIDOR_HD void apply_terms(const GroupView& group, const GroupView* counted, const GridRow& row,
                               SumsView sums) {
    // Copies, because what is stored below might be the terms for all the compiler knows.
    const GridRow own = row;
    for (std::uint32_t y = 0; y < years_; ++y) {
      YearState state = year_state(group, own, sums, y, counted);
      own.terms.apply(state);
      counted_[y] = state.counted;
      before_asd_[y] = state.specific_before_asd;
      specific_[y] = state.specific;
    }
  }

  CORRIDOR_HD void add(const Cents* amounts, FigureSlot& slot) const {
    Isa::tally(amounts, years_, slot.cell);
    if (slot.keep_above != keep_none) Isa::keep(amounts, years_, slot);
  }

  const GridRow& row_;
  std::uint32_t years_;
  alignas(64) Cents counted_[tally_years];
  alignas(64) Cents before_asd_[tally_years];
  alignas(64) Cents specific_[tally_years];
  alignas(64) Cents aggregate_[tally_years];
  alignas(64) Cents total_[tally_years];
};

/// The `tally_row` of an instruction set.
template <class Isa>
void tally_row(const GroupView& group, const GroupView* counted, const GridRow& row, SumsView sums,
               std::uint32_t years, RowSlots& slots) {
  RowTallier<Isa>(group, counted, row, sums, years, slots.neutral_terms).add_to(slots);
}

/// The `tally_column` of an instruction set.
template <class Isa>
void tally_column(const Cents* amounts, std::uint32_t years, CellTally& cell) {
  for (std::uint64_t done = 0; done < years; done += tally_years) {
    const std::uint64_t left = years - done;
    Isa::tally(amounts + done, static_cast<std::uint32_t>(left < tally_years ? left : tally_years),
               cell);
  }
}

}  // namespace corridor::cpu
