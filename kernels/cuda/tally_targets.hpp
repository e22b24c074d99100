// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cuda/tails.hpp"

namespace corridor::cuda {

/// Where the columns of a job end up: its tally, laid out and empty, with pointers in the order in
/// which the device holds the columns.
class TallyTargets {
 public:
  TallyTargets(const GroupJob& job, GroupTally& tally);

  /// Ground-up claims, then the payout columns of each line.
  std::span<CellTally* const> cells() const { return cells_; }
  /// The columns with a tail: of each line the specific, then aggregate and total of each
  /// attachment.
  std::span<FigureTally* const> figures() const { return figures_; }

  /// Fills what repeats another figure: without attachments the total is the specific.
  void finish();

 private:
  GroupTally& tally_;
  std::vector<CellTally*> cells_;
  std::vector<FigureTally*> figures_;
};

/// Payouts of one figure from the top, gathered piece by piece.
class TopPayouts {
 public:
  /// `wanted`  years that the list must hold in the end
  explicit TopPayouts(std::uint64_t wanted) : wanted_(wanted) {}

  /// Adds the list of a piece, ascending: its `wanted` highest payouts at least, or all above 0.
  void add(std::span<const Cents> ascending);

  std::span<const Cents> ascending() const { return payouts_; }
  std::vector<Cents> take() { return std::move(payouts_); }

 private:
  std::uint64_t wanted_;
  std::vector<Cents> payouts_;
};

/// The exact tail at a rank. See tail_start for what the list must hold.
TailTally tail_of(std::span<const Cents> ascending, std::uint64_t years, std::uint64_t rank);

/// Years that a tail list must hold for the ranks and distributions asked for; 0 for none.
std::uint32_t wanted_years(const RunSettings& settings);

}  // namespace corridor::cuda
