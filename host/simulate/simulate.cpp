// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/simulate/simulate.hpp"

#include <atomic>
#include <chrono>
#include <mutex>

#include "kernels/book.hpp"

namespace corridor {
namespace {

RunSettings run_settings(const RunOptions& options, bool keep_distributions) {
  RunSettings settings;
  settings.seed = options.seed;
  settings.years = options.years;
  settings.keep_distributions = keep_distributions;
  for (const Level& level : options.levels) {
    settings.tail_ranks.push_back(level.rank(options.years));
  }
  return settings;
}

/// Tells the caller how many member-years are done, in the simulate phase.
class ProgressMeter {
 public:
  explicit ProgressMeter(const Plan& plan)
      : report_(plan.options.on_progress), total_(plan.member_years) {}

  void add(std::uint64_t member_years) {
    done_ += member_years;
    if (!report_) return;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    report_({"simulate", done_, total_, elapsed.count()});
  }

 private:
  const std::function<void(const Progress&)>& report_;
  std::uint64_t done_ = 0, total_;
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

}  // namespace

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

void simulate(const Plan& plan, Backend& backend, bool keep_distributions,
              const std::function<void(std::size_t, GroupTally)>& take) {
  const std::vector<GroupJob>& jobs = plan.book->jobs;
  const RunOptions& options = plan.options;
  std::vector<GroupTally> tallies(jobs.size());
  ProgressMeter meter(plan);
  StopSwitch stop(options);
  RunSettings settings = run_settings(options, keep_distributions);
  settings.should_stop = [&] { return stop.asked(); };
  backend.tally(jobs, settings, tallies, [&](std::size_t job) {
    take(job, std::move(tallies[job]));
    tallies[job] = {};
    stop.apart([&] { meter.add(std::uint64_t{jobs[job].group.member_count} * options.years); });
    return !stop.asked();
  });
  if (stop.asked()) throw Error(ErrorKind::incomplete, "stopped before the run was complete");
}

}  // namespace corridor
