// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/cuda/batch_image.hpp"
#include "kernels/cuda/batching.hpp"
#include "kernels/cuda/device.hpp"
#include "kernels/cuda/reduce.hpp"
#include "kernels/cuda/tally_kernels.hpp"
#include "kernels/cuda/tally_targets.hpp"

namespace corridor::cuda {

/// The tables of a run on both sides.
struct DeviceTables {
  TableSet host;
  const Bucket* device = nullptr;
};

/// Device memory that one batch leaves to the next.
struct Workspace {
  Stream stream;
  DeviceMemory image, scratch;
  DeviceArray<Cents> columns, gathered, sorted;
  DeviceArray<CellTally> cells;
  DeviceArray<TailCut> cuts;
  DeviceArray<GatherTask> gathers;
  DeviceArray<std::uint32_t> offsets;
  DeviceArray<TailList> lists;
  DeviceArray<TailTally> tails;
  DeviceArray<std::uint64_t> ranks;

  /// Gives all memory back, so that smaller batches find it.
  void release() noexcept;
};

/// Simulates and tallies the groups of one batch.
class BatchRun {
 public:
  /// Borrows everything. Throws OutOfDeviceMemory.
  BatchRun(Workspace& space, DeviceTables tables, std::span<const GroupJob> jobs,
           std::span<const JobNeeds> needs, const Batch& batch, const RunSettings& settings,
           std::span<GroupTally> out);

  /// Fills the tallies of the batch's jobs. Throws Error{device}.
  void run();

 private:
  /// Columns of the batch in device memory, in the order of TallyTargets.
  struct Columns {
    std::vector<const Cents*> cells, figures;
    const Cents* const* device_cells = nullptr;
    const Cents* const* device_figures = nullptr;
  };
  /// Tail lists that are sorted together: figures [first, first + count).
  struct Round {
    std::size_t first = 0, count = 0;
    std::vector<std::uint32_t> offsets;  ///< [count + 1]
  };

  /// A group of the batch: a job's, or the job's as its aggregate counts claims.
  struct Lane {
    std::size_t place = 0;  ///< of the job in the batch
    const GroupView* view = nullptr;
    LaneNeeds needs{};
    SumsView sums{};
  };

  std::vector<Lane> lanes() const;
  void place_groups(std::vector<Lane> lanes, BatchImage& image);
  void write_image();
  void run_piece(std::uint32_t first_year, std::uint32_t years);
  void add_cells(std::uint32_t years);
  void add_tails(std::uint32_t years);
  std::vector<Round> rounds(std::span<const TailCut> cuts) const;
  void sort_round(const Round& round, std::span<const TailCut> cuts, std::uint32_t years);
  void sort_values(const Round& round);
  void sort_together(const Round& round);
  void sort_one_by_one(const Round& round, std::uint32_t longest);
  void take_tails(const Round& round);
  void take_lists(const Round& round);
  void finish_lists();
  bool keeps_lists() const { return settings_.keep_distributions || pieces_ > 1; }

  Workspace& space_;
  DeviceTables tables_;
  std::span<const GroupJob> jobs_;
  std::span<const JobNeeds> needs_;
  const Batch& batch_;
  const RunSettings& settings_;
  std::uint32_t wanted_, pieces_;

  std::vector<TallyTargets> targets_;
  std::vector<CellTally*> cells_;
  std::vector<FigureTally*> figures_;
  std::vector<TopPayouts> tops_;  ///< [figure]; only where lists come to the host
  Columns columns_;
  std::vector<LaneLaunch> launches_;
  const DeviceGroup* groups_ = nullptr;
  std::vector<const DeviceGroup*> group_of_, counted_of_;  ///< [place of the job in the batch]
  const PayoutTask* tasks_ = nullptr;
  std::uint32_t task_count_ = 0;
};

}  // namespace corridor::cuda
