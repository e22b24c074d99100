// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/backend.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>

#include "kernels/cpu/dispatch.hpp"
#include "kernels/cpu/float_environment.hpp"
#include "kernels/cpu/table_head.hpp"

namespace corridor::cpu {
namespace {

/// Years of a group that one task of simulate() draws.
constexpr std::uint32_t simulate_step = 1024;

std::size_t quarter_of_memory() {
  return static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::size_t>(sysconf(_SC_PAGE_SIZE)) / 4;
}

int thread_count(unsigned asked) {
  return asked != 0 ? static_cast<int>(asked) : tbb::this_task_arena::max_concurrency();
}

class CpuBackend final : public Backend {
 public:
  CpuBackend(const InstructionSet& set, const BackendOptions& options, TableSet tables,
             Tuning tuning)
      : set_(set),
        threads_(thread_count(options.threads)),
        memory_bytes_(options.memory_bytes != 0 ? options.memory_bytes : quarter_of_memory()),
        heads_(tables.count),
        tables_{tables.data, heads_.data()},
        tuning_(tuning),
        arena_(threads_) {
    if (threads_ > tbb::this_task_arena::max_concurrency()) {
      more_threads_.emplace(tbb::global_control::max_allowed_parallelism,
                            static_cast<std::size_t>(threads_));
    }
    bool exact = true;
    for (std::uint32_t t = 0; t < tables.count; ++t) {
      exact = make_head(tables.data + std::size_t{t} * bucket_count, heads_[t]) && exact;
    }
    if (!exact) set_.simulate = scalar.simulate;
  }

  std::string name() const override {
    return std::string("cpu ") + set_.name + ", " + std::to_string(threads_) +
           (threads_ == 1 ? " thread" : " threads");
  }

  void simulate(const GroupView& group, std::uint64_t seed, std::uint32_t first_year,
                std::uint32_t year_count, SumsView out) override {
    const RoundKeys keys = round_keys(seed);
    const std::uint32_t steps =
        year_count / simulate_step + (year_count % simulate_step != 0 ? 1 : 0);
    arena_.execute([&] {
      tbb::parallel_for(std::uint32_t{0}, steps, [&](std::uint32_t step) {
        const std::uint32_t row = step * simulate_step;
        set_.simulate(group, tables_, keys, first_year + row,
                      std::min(simulate_step, year_count - row), {out.data + row, out.stride});
      });
    });
  }

  void each_block(std::span<const GroupJob> jobs, std::uint64_t seed,
                  std::span<const YearBlock> blocks, const BlockVisit& visit) override {
    const RoundKeys keys = round_keys(seed);
    tbb::enumerable_thread_specific<std::vector<Cents>> scratch;
    arena_.execute([&] {
      tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t b) {
        std::vector<Cents>& sums = scratch.local();
        for (std::size_t j = 0; j < jobs.size(); ++j) {
          const std::size_t needed = std::size_t{job_columns(jobs[j])} * blocks[b].count;
          if (sums.size() < needed) sums.resize(needed);
          const SumsView out{sums.data(), blocks[b].count};
          simulate_job(set_, jobs[j], tables_, keys, blocks[b].first, blocks[b].count, out);
          visit(b, j, out);
        }
      });
    });
  }

  void tally(std::span<const GroupJob> jobs, const RunSettings& settings, std::span<GroupTally> out,
             const std::function<bool(std::size_t)>& finished) override {
    const TailQuestion question{settings.years, settings.tail_ranks, settings.keep_distributions};
    const RunContext context{set_, tables_, round_keys(settings.seed), settings, question, tuning_};
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stop{false};
    std::mutex one_at_a_time;
    const auto work = [&](std::size_t) {
      GroupRun run(context);
      for (std::size_t job = next++; job < jobs.size() && !stop; job = next++) {
        if (!run.run(jobs[job], out[job], stop)) return;
        const std::lock_guard lock(one_at_a_time);
        if (!stop && !finished(job)) stop = true;
      }
    };
    arena_.execute([&] { tbb::parallel_for(std::size_t{0}, in_flight(jobs, context), work); });
  }

 private:
  /// Jobs at work at once: as many as threads, and as the memory for their sums allows.
  std::size_t in_flight(std::span<const GroupJob> jobs, const RunContext& context) const {
    std::size_t largest = 1;
    for (const GroupJob& job : jobs) largest = std::max(largest, sums_bytes(job, context));
    const std::size_t most = std::min(static_cast<std::size_t>(threads_), jobs.size());
    return std::clamp<std::size_t>(memory_bytes_ / largest, 1, std::max<std::size_t>(most, 1));
  }

  InstructionSet set_;
  int threads_;
  std::size_t memory_bytes_;
  std::vector<TableHead> heads_;  ///< [table]
  LaneTables tables_;
  Tuning tuning_;
  std::optional<tbb::global_control> more_threads_;  ///< where more are asked for than cores
  tbb::task_arena arena_;
};

}  // namespace

std::unique_ptr<Backend> make_backend(const BackendOptions& options, TableSet tables,
                                      Tuning tuning) {
  check_float_environment();
  return std::make_unique<CpuBackend>(find_instruction_set(options.instruction_set), options,
                                      tables, tuning);
}

std::unique_ptr<Backend> make_backend(const BackendOptions& options, TableSet tables) {
  return make_backend(options, tables, Tuning{});
}

}  // namespace corridor::cpu
