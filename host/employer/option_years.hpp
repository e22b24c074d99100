// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/backend.hpp"

namespace corridor {

/// One option in every simulated year, cents.
struct OptionYears {
  std::vector<Cents> net;                  ///< [year] claims left with the employer
  std::vector<Cents> specific, aggregate;  ///< [year] paid by the covers
  CellTally plan_paid, counted, specific_before_asd;
  std::uint64_t attached_years = 0;       ///< counted claims above the attachment
  std::uint64_t asd_exhausted_years = 0;  ///< the aggregating specific was used up
  std::vector<std::uint64_t> claimants;   ///< [persons above the deductible] years

  /// `terms` with the attachment of the option; applied to the state already.
  void add(const YearState& state, const Terms& terms, std::uint64_t persons_above);
};

/// What the members pay of a year, on the specific's basis and on the aggregate's, cents.
struct MembersShare {
  Cents eligible = 0, countable = 0;
};

/// A year of a row through its terms, after the members' share.
YearState employer_year(const GroupJob& job, const GridRow& row, Cents attachment, SumsView sums,
                        std::uint64_t year, const MembersShare& members);

/// A year's options as the price stage reads them: exact integers of every figure, tails at the
/// ranks given (1-based, ascending amounts), payouts where they are to be kept.
RowTally row_tally(const std::vector<const OptionYears*>& corridors, bool has_aggregate,
                   const std::vector<std::uint64_t>& ranks, bool keep_payouts);

}  // namespace corridor
