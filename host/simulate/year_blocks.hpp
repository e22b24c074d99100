// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "kernels/backend.hpp"

namespace corridor {

/// Memory that the sums of one block may take, all views together.
inline constexpr std::size_t year_block_bytes = std::size_t{64} << 20;

/// Years [first_year, first_year + count) of one view: row 0 of `sums` is first_year, columns as
/// SumsView says. The columns are lent for the call; the visitor may change them.
using YearBlockVisit =
    std::function<void(std::uint32_t first_year, std::uint32_t count, SumsView sums)>;

/// The same of several views, one SumsView a view in their order.
using YearBlocksVisit = std::function<void(std::uint32_t first_year, std::uint32_t count,
                                           std::span<const SumsView> sums)>;

/// Simulates policy years 0 to years - 1 of a group in ascending blocks and hands out their
/// stop-loss sums. Every year is visited once. The sums have the same bits for any back end and
/// block size.
///
/// `block_bytes`  memory of a block; one year is simulated at a time where less is allowed. Blocks
///                of large groups are smaller, so that the visitor is called about once a second
/// throws         what the back end and the visitor throw; the visitor stops a run by throwing
void each_year_block(Backend& backend, const GroupView& group, std::uint64_t seed,
                     std::uint32_t years, const YearBlockVisit& visit,
                     std::size_t block_bytes = year_block_bytes);

/// Several views year by year: views of one group stand on the same draws, so what differs between
/// their columns is their thresholds, or their basis, alone.
void each_year_block(Backend& backend, std::span<const GroupView> groups, std::uint64_t seed,
                     std::uint32_t years, const YearBlocksVisit& visit,
                     std::size_t block_bytes = year_block_bytes);

/// A job and the back end that has its tables.
struct PlacedJob {
  Backend* backend = nullptr;
  const GroupJob* job = nullptr;
};

/// Several jobs year by year, of one book or of several. Columns of a job are those of its group,
/// then those of `counted`, as year_state reads them.
void each_year_block(std::span<const PlacedJob> jobs, std::uint64_t seed, std::uint32_t years,
                     const YearBlocksVisit& visit, std::size_t block_bytes = year_block_bytes);

/// A group's view over thresholds other than its plan's. Owns the amounts and borrows the rest, so
/// the plan's book must outlive it. Draws do not depend on thresholds: ground-up claims stay what
/// they were, but for the cents in which listed claims are rounded.
class GroupOverThresholds {
 public:
  /// `thresholds`  ascending, 1 to thresholds_max
  /// `personal`    [person][threshold], the persons of `group.personal` in their order: each not
  ///               below the threshold itself. Empty: nobody has a higher one, and bands are 0
  /// throws        Error{internal} for arrays of other lengths
  GroupOverThresholds(const GroupView& group, std::vector<Cents> thresholds,
                      std::vector<Cents> personal = {});

  GroupOverThresholds(GroupOverThresholds&&) = default;
  GroupOverThresholds& operator=(GroupOverThresholds&&) = default;
  GroupOverThresholds(const GroupOverThresholds&) = delete;
  GroupOverThresholds& operator=(const GroupOverThresholds&) = delete;

  const GroupView& view() const { return view_; }

 private:
  std::vector<Cents> thresholds_, personal_;
  GroupView view_;
};

}  // namespace corridor
