// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/instruction_set.hpp"

namespace corridor::cpu {
namespace {

void simulate(const GroupView& group, const LaneTables&, const RoundKeys& keys,
              std::uint32_t first_year, std::uint32_t years, SumsView out) {
  const Philox draw{keys};
  for (std::uint32_t row = 0; row < years; ++row) {
    store(group, simulate_year(group, first_year + row, draw), out, row);
  }
}

void tally_column(const Cents* amounts, std::uint32_t years, CellTally& cell) {
  for (std::uint32_t year = 0; year < years; ++year) cell.add(amounts[year]);
}

void add(FigureSlot& slot, Cents amount) {
  slot.cell.add(amount);
  if (amount > slot.keep_above) slot.kept[slot.kept_count++] = amount;
}

void tally_row(const GroupView& group, const GridRow& row, SumsView sums, std::uint32_t years,
               RowSlots& slots) {
  for (std::uint32_t y = 0; y < years; ++y) {
    YearState state = year_state(group, row, sums, y);
    row.terms.apply(state);
    slots.counted.add(state.counted);
    slots.specific_before_asd.add(state.specific_before_asd);
    add(slots.specific, state.specific);
    AggregateCover cover = row.terms;
    for (std::uint32_t a = 0; a < row.attachment_count; ++a) {
      cover.attachment = row.attachments[a];
      const Cents aggregate = cover.ceded(state.counted);
      add(slots.aggregate[a], aggregate);
      add(slots.total[a], state.specific + aggregate);
    }
  }
}

}  // namespace

const InstructionSet scalar{"scalar", simulate, tally_column, tally_row};

}  // namespace corridor::cpu
