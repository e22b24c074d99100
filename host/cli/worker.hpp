// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace corridor::cli {

/// One of several processes that share a run.
struct WorkerOf {
  std::uint32_t index = 0, count = 1;
};

/// Looks up a variable of the environment; null where it is not set.
using Environment = std::function<const char*(const char*)>;

/// Which worker this process is: as --worker says, else as the scheduler's variables say (Slurm
/// arrays and tasks, Open MPI, PMI, Kubernetes indexed jobs), else the only one. Several workers of
/// one number do no harm: units are divided by who is free.
///
/// throws  Error{usage} for a flag that is not I/N with I below N
WorkerOf worker_of(const std::optional<std::string>& flag, const Environment& environment);

}  // namespace corridor::cli
