// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/simulate/simulate.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <numeric>

#include "kernels/book.hpp"

namespace corridor {
namespace {

RunSettings run_settings(const RunOptions& options, std::uint32_t years, bool keep_distributions) {
  RunSettings settings;
  settings.seed = options.seed;
  settings.years = years;
  settings.keep_distributions = keep_distributions;
  for (const Level& level : options.levels) {
    settings.tail_ranks.push_back(level.rank(years));
  }
  return settings;
}

/// Tells the caller how many member-years are done, in the simulate phase.
class ProgressMeter {
 public:
  ProgressMeter(const Plan& plan, const SimulatedJobs& which)
      : report_(plan.options.on_progress),
        phase_(which.years == plan.options.years ? "simulate" : "simulate more years") {
    for (const std::size_t job : which.jobs) total_ += member_years(plan, job, which.years);
  }

  void add(std::uint64_t member_years) {
    done_ += member_years;
    if (!report_) return;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    report_({phase_, done_, total_, elapsed.count()});
  }

 private:
  const std::function<void(const Progress&)>& report_;
  std::string phase_;
  std::uint64_t done_ = 0, total_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Asks the caller whether to stop, never two threads at a time nor while progress is told, and
/// remembers a yes.
class StopSwitch {
 public:
  explicit StopSwitch(const RunOptions& options) : asks_(options.should_stop) {}

  bool asked() {
    if (stopped_ || !asks_) return stopped_;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock && asks_()) stopped_ = true;
    return stopped_;
  }

  /// Runs `action` while nobody asks.
  template <class Action>
  void apart(Action&& action) {
    const std::lock_guard lock(mutex_);
    action();
  }

 private:
  const std::function<bool()>& asks_;
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
};

/// Bytes that a year of a job holds at once: its sums, and what tails keep of its figures, which
/// grow by doubling.
double bytes_a_year(const Plan& plan, const GroupJob& job, bool keep_distributions) {
  double share = keep_distributions ? 1 : 0;
  for (const Level& level : plan.options.levels) share = std::max(share, 1 - level.value);
  double figures = 0;
  for (std::uint32_t r = 0; r < job.row_count; ++r) figures += 1 + 2 * job.rows[r].attachment_count;
  return sizeof(Cents) * (job_columns(job) + 3 * share * figures);
}

double memory_bytes(const RunOptions& options) {
  if (options.memory_limit_bytes != 0) return static_cast<double>(options.memory_limit_bytes);
  return static_cast<double>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<double>(sysconf(_SC_PAGE_SIZE)) / 4;
}

}  // namespace

std::uint32_t most_years(const Plan& plan, std::size_t job, bool keep_distributions) {
  const double fitting =
      memory_bytes(plan.options) / bytes_a_year(plan, plan.book->jobs[job], keep_distributions);
  return static_cast<std::uint32_t>(std::min<double>(fitting, plan.options.max_years));
}

std::unique_ptr<Backend> open_backend(const RunOptions& options, TableSet tables) {
  const BackendOptions backend{options.threads, options.instruction_set,
                               options.memory_limit_bytes};
  if (options.device == "cpu") return cpu::make_backend(backend, tables);
  if (options.device == "cuda") return cuda::make_backend(backend, tables);
  if (options.device != "auto") {
    throw Error(ErrorKind::usage,
                "device '" + options.device + "' is unknown. Give auto, cpu or cuda");
  }
  const cuda::Availability cuda = cuda::availability();
  if (cuda.usable) return cuda::make_backend(backend, tables);
  if (options.on_message) options.on_message("no CUDA device (" + cuda.reason + "): using the CPU");
  return cpu::make_backend(backend, tables);
}

std::uint64_t member_years(const Plan& plan, std::size_t job, std::uint32_t years) {
  const GroupJob& drawn = plan.book->jobs[job];
  return std::uint64_t{drawn.group.member_count} * (drawn.counted != nullptr ? 2 : 1) * years;
}

SimulatedJobs all_jobs(const Plan& plan) {
  SimulatedJobs all{std::vector<std::size_t>(plan.book->jobs.size()), plan.options.years};
  std::iota(all.jobs.begin(), all.jobs.end(), std::size_t{0});
  return all;
}

void simulate(const Plan& plan, Backend& backend, const SimulatedJobs& which,
              bool keep_distributions, const std::function<void(std::size_t, GroupTally)>& take) {
  const RunOptions& options = plan.options;
  std::vector<GroupJob> jobs;
  for (const std::size_t job : which.jobs) jobs.push_back(plan.book->jobs[job]);
  std::vector<GroupTally> tallies(jobs.size());
  ProgressMeter meter(plan, which);
  StopSwitch stop(options);
  RunSettings settings = run_settings(options, which.years, keep_distributions);
  settings.should_stop = [&] { return stop.asked(); };
  backend.tally(jobs, settings, tallies, [&](std::size_t at) {
    take(which.jobs[at], std::move(tallies[at]));
    tallies[at] = {};
    stop.apart([&] { meter.add(member_years(plan, which.jobs[at], which.years)); });
    return !stop.asked();
  });
  if (stop.asked()) throw Error(ErrorKind::incomplete, "stopped before the run was complete");
}

}  // namespace corridor
