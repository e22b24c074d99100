// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cpu/instruction_set.hpp"
#include "kernels/cpu/tails.hpp"

namespace corridor::cpu {

/// Whether a row's terms before its aggregate cover are those of a book without the columns, so
/// that a kernel may compute with constants.
bool has_neutral_terms(const GroupJob& job, const GridRow& row);

/// What one thread has tallied of one line of a grid, and the payouts it keeps for the tails.
class RowPartial {
 public:
  /// Forgets everything; keeps the memory.
  void reset(const GroupJob& job, const GridRow& row);

  /// Sets from which amount on the payouts of figure `figure` are kept.
  void keep_above(std::size_t figure, Cents amount);

  /// Adds rows [0, years) of `sums`.
  void add(const InstructionSet& set, const GroupJob& job, const GridRow& row, SumsView sums,
           std::uint32_t years);

  /// The specific, then aggregate and total of each attachment in turn.
  std::size_t figure_count() const { return figures_.size(); }
  const CellTally& cell(std::size_t figure) const { return figures_[figure].cell; }
  const CellTally& counted() const { return counted_; }
  const CellTally& specific_before_asd() const { return specific_before_asd_; }

  /// Appends the payouts kept of a figure.
  void take_kept(std::size_t figure, std::vector<Cents>& payouts) const;

 private:
  /// Payouts kept of one figure, grown by doubling.
  struct Kept {
    std::unique_ptr<Cents[]> data;
    std::size_t capacity = 0;
  };

  void make_room(std::uint32_t years);

  CellTally counted_, specific_before_asd_;
  std::vector<FigureSlot> figures_;
  std::vector<Kept> kept_;  ///< [figure]
  bool keeps_ = false;
  bool neutral_terms_ = false;
};

}  // namespace corridor::cpu
