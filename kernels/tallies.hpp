// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "kernels/lane/tally.hpp"

namespace corridor {

/// One figure of a grid: its sums, its tail at each level asked for, and only when distributions are
/// kept its payouts above 0, ascending.
struct FigureTally {
  CellTally cell;
  std::vector<TailTally> tails;        ///< [level]
  std::vector<Cents> sorted_payouts;   ///< empty unless RunSettings::keep_distributions
};

/// What a run leaves of one deductible of one group.
struct RowTally {
  CellTally counted;              ///< claims that count to the aggregate
  CellTally specific_before_asd;
  FigureTally specific;
  std::vector<FigureTally> aggregate;  ///< [attachment]
  std::vector<FigureTally> total;      ///< [attachment]; one entry, the specific, without attachments
};

/// What a run leaves of one group: exact integers, the same bits on every back end.
struct GroupTally {
  CellTally ground_up;
  std::vector<RowTally> rows;  ///< [row of the job]
};

}  // namespace corridor
