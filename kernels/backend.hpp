// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernels/lane/grid.hpp"
#include "kernels/tallies.hpp"

namespace corridor {

/// Every table of a run in one array: claim laws first, then effects. All table pointers and
/// indices of a GroupView point into it, so a back end may keep a copy elsewhere and rebase them.
struct TableSet {
  const Bucket* data = nullptr;  ///< [count][bucket_count]
  std::uint32_t count = 0;
};

/// One group with its grid; borrows everything.
struct GroupJob {
  GroupView group;
  const GridRow* rows = nullptr;
  std::uint32_t row_count = 0;
  /// The group as its aggregate counts claims, where that differs; see year_state.
  const GroupView* counted = nullptr;
};

/// Columns of a job's sums: of the group, then of `counted`.
inline std::uint32_t job_columns(const GroupJob& job) {
  return sums_columns(job.group) + (job.counted != nullptr ? sums_columns(*job.counted) : 0);
}

struct RunSettings {
  std::uint64_t seed = 1;
  std::uint32_t years = 100'000;          ///< policy years 0 to years - 1
  std::vector<std::uint64_t> tail_ranks;  ///< ascending ranks, 1-based, of the VaR order statistics
  bool keep_distributions = false;        ///< fill FigureTally::sorted_payouts
  /// Asked between blocks of a job's years, from any thread; once true it stays true. The job is
  /// then left unfinished and tally returns early. May be empty, and a back end whose jobs are short
  /// need not ask.
  std::function<bool()> should_stop = {};
};

/// Policy years [first, first + count).
struct YearBlock {
  std::uint32_t first = 0, count = 0;
};

/// Lends the sums of job `job` in block `block`: row 0 is the block's first year, columns as
/// year_state reads them.
using BlockVisit = std::function<void(std::size_t block, std::size_t job, SumsView sums)>;

/// Where group-years are simulated. The one interface both processors stand behind; every
/// implementation gives the same integers.
class Backend {
 public:
  virtual ~Backend() = default;

  /// For people and for provenance: "cpu avx512, 2 threads".
  virtual std::string name() const = 0;

  /// Stop-loss sums of years [first_year, first_year + year_count) into host memory: row 0 of `out`
  /// is first_year. Columns as SumsView says.
  virtual void simulate(const GroupView& group, std::uint64_t seed, std::uint32_t first_year,
                        std::uint32_t year_count, SumsView out) = 0;

  /// Simulates every job in every block of years. Calls visit once a block and job, in any order and
  /// from any thread, never two at a time for one block; a visit that throws ends the run with its
  /// exception. This one, for back ends without their own, goes through simulate.
  virtual void each_block(std::span<const GroupJob> jobs, std::uint64_t seed,
                          std::span<const YearBlock> blocks, const BlockVisit& visit);

  /// Tallies of every job over all years of the run. `finished(job)` is called once a job, from any
  /// thread, never two at a time, when out[job] is complete; the caller may take the tally away.
  /// When `finished` returns false no further job is started and tally returns early.
  virtual void tally(std::span<const GroupJob> jobs, const RunSettings& settings,
                     std::span<GroupTally> out,
                     const std::function<bool(std::size_t)>& finished) = 0;
};

struct BackendOptions {
  unsigned threads = 0;          ///< 0: every core
  std::string instruction_set;   ///< "": the best one; else scalar, avx2, avx512
  std::size_t memory_bytes = 0;  ///< for sums of groups in flight; 0: a quarter of the memory
};

namespace cpu {
/// Instruction sets of this build that this processor has, best last.
std::vector<std::string> instruction_sets();
/// Throws Error{usage} for an instruction set that the build or the processor lacks.
std::unique_ptr<Backend> make_backend(const BackendOptions& options, TableSet tables);
}  // namespace cpu

namespace cuda {
struct Availability {
  bool usable = false;
  std::string reason;  ///< why not: "built without CUDA", "no driver (error 35)", ...
  std::string device;  ///< name, compute capability, memory, driver
};
Availability availability();
/// Throws Error{device} when there is no usable device.
std::unique_ptr<Backend> make_backend(const BackendOptions& options, TableSet tables);
}  // namespace cuda

}  // namespace corridor
