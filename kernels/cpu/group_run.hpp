// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/cpu/row_partial.hpp"

namespace corridor::cpu {

/// How a run is cut up. No choice changes a bit of a result.
struct Tuning {
  std::uint32_t slice_draws = 1u << 20;   ///< member-years one task draws, about a millisecond
  std::uint32_t slice_years_most = 4096;  ///< and the years it draws them for, at most
  double guess_margin = 4;                ///< see guess_keep_above
};

/// Everything that the jobs of one run share.
struct RunContext {
  const InstructionSet& set;
  LaneTables tables;
  RoundKeys keys;
  const RunSettings& settings;
  TailQuestion question;
  Tuning tuning;
};

/// Bytes of sums that a job holds at once: all its years where tails are asked for, else none.
std::size_t sums_bytes(const GroupJob& job, const RunContext& context);

/// Sums of a job's years [first_year, first_year + years), those of `counted` behind.
void simulate_job(const InstructionSet& set, const GroupJob& job, const LaneTables& tables,
                  const RoundKeys& keys, std::uint32_t first_year, std::uint32_t years,
                  SumsView out);

/// Simulates and tallies one job after the other, all cores on each. One object serves one job at a
/// time and keeps its memory for the next.
class GroupRun {
 public:
  explicit GroupRun(const RunContext& context) : context_(context) {}

  /// Fills `out`; false, with `out` unfinished, once `stop` is set.
  bool run(const GroupJob& job, GroupTally& out, const std::atomic<bool>& stop);

 private:
  struct ThreadPart {
    const GroupTally* owner = nullptr;  ///< the job that the part holds sums of
    CellTally ground_up;
    std::vector<RowPartial> rows;   ///< [row]
    std::unique_ptr<Cents[]> sums;  ///< one slice, where the run does not hold all years
    std::size_t sums_size = 0;
  };
  struct Slice {
    std::uint32_t first_year, years;
  };

  std::uint32_t slice_years() const;
  void hold_sums();
  void guess_tails();
  SumsView held_sums(std::uint32_t first_year) const;
  SumsView slice_sums(ThreadPart& part, Slice slice) const;
  void simulate(Slice slice, SumsView out) const;
  void tally(Slice slice, SumsView sums, ThreadPart& part) const;
  ThreadPart& part();
  void for_slices(std::uint32_t years, const std::atomic<bool>& stop,
                  const std::function<void(Slice)>& work) const;
  void gather(GroupTally& out);
  void gather_row(std::size_t row, RowTally& out);
  void gather_figure(std::size_t row, std::size_t figure, FigureTally& out);
  void keep_again(std::size_t row, std::size_t figure, std::vector<Cents>& kept) const;

  const RunContext& context_;
  const GroupJob* job_ = nullptr;
  const GroupTally* owner_ = nullptr;
  std::unique_ptr<Cents[]> sums_;  ///< [column][year] where tails are asked for
  std::size_t sums_size_ = 0;
  std::uint32_t sampled_years_ = 0;  ///< years whose sums are there before the slices run
  std::vector<std::vector<Cents>> keep_above_;  ///< [row][figure]
  tbb::enumerable_thread_specific<ThreadPart> parts_;
};

}  // namespace corridor::cpu
