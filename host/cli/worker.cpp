// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/worker.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "corridor/error.hpp"

namespace corridor::cli {
namespace {

std::optional<std::uint32_t> whole(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

WorkerOf stated(const std::string& flag) {
  const std::size_t slash = flag.find('/');
  const auto index = whole(std::string_view(flag).substr(0, slash));
  const auto count = slash == std::string::npos ? std::nullopt
                                                : whole(std::string_view(flag).substr(slash + 1));
  if (index && count && *index < *count) return {*index, *count};
  throw Error(ErrorKind::usage, "--worker " + flag +
                                    ": give I/N, worker I of N counted from 0, as 0/8 to 7/8");
}

/// Variables that schedulers set.
class Scheduler {
 public:
  explicit Scheduler(const Environment& environment) : environment_(environment) {}

  std::optional<WorkerOf> worker() const {
    if (const auto array = of_array()) {
      const WorkerOf task = pair("SLURM_PROCID", "SLURM_NTASKS").value_or(WorkerOf{});
      return WorkerOf{array->index * task.count + task.index, array->count * task.count};
    }
    if (const auto task = pair("SLURM_PROCID", "SLURM_NTASKS")) return task;
    if (const auto rank = pair("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE")) return rank;
    if (const auto rank = pair("PMI_RANK", "PMI_SIZE")) return rank;
    return pair("JOB_COMPLETION_INDEX", "CORRIDOR_WORKERS");
  }

 private:
  std::optional<std::uint32_t> number(const char* name) const {
    const char* text = environment_(name);
    return text == nullptr ? std::nullopt : whole(text);
  }

  /// An index beyond the count, of an array with gaps, begins again.
  static WorkerOf within(std::uint32_t index, std::uint32_t count) {
    return {index % count, count};
  }

  std::optional<WorkerOf> pair(const char* index_name, const char* count_name) const {
    const auto index = number(index_name), count = number(count_name);
    if (!index || !count || *count == 0) return std::nullopt;
    return within(*index, *count);
  }

  std::optional<WorkerOf> of_array() const {
    const auto id = number("SLURM_ARRAY_TASK_ID"), count = number("SLURM_ARRAY_TASK_COUNT");
    if (!id || !count || *count == 0) return std::nullopt;
    const std::uint32_t least = number("SLURM_ARRAY_TASK_MIN").value_or(0);
    const std::uint32_t step = std::max(number("SLURM_ARRAY_TASK_STEP").value_or(1), 1u);
    return within(*id < least ? 0 : (*id - least) / step, *count);
  }

  const Environment& environment_;
};

}  // namespace

WorkerOf worker_of(const std::optional<std::string>& flag, const Environment& environment) {
  if (flag) return stated(*flag);
  return Scheduler(environment).worker().value_or(WorkerOf{});
}

}  // namespace corridor::cli
