// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/row_slots.hpp"
#include "kernels/lane/group_year.hpp"

namespace corridor::cpu {

struct TableHead;

/// The tables of a run as the drivers read them.
struct LaneTables {
  const Bucket* data = nullptr;      ///< [table][bucket_count]
  const TableHead* heads = nullptr;  ///< [table]
};

/// The loops compiled for one instruction set, chosen at run time. Every set gives the bits of
/// simulate_year and of CellTally::add.
struct InstructionSet {
  const char* name;

  /// Stop-loss sums of years [first_year, first_year + years), the first in row 0 of `out`.
  void (*simulate)(const GroupView& group, const LaneTables& tables, const RoundKeys& keys,
                   std::uint32_t first_year, std::uint32_t years, SumsView out);

  /// Adds rows [0, years) of a column.
  void (*tally_column)(const Cents* amounts, std::uint32_t years, CellTally& cell);

  /// Adds rows [0, years) of a group's sums to one line of its grid; years <= tally_years.
  /// `counted` as in year_state.
  void (*tally_row)(const GroupView& group, const GroupView* counted, const GridRow& row,
                    SumsView sums, std::uint32_t years, RowSlots& slots);
};

extern const InstructionSet scalar, avx2, avx512;

}  // namespace corridor::cpu
