// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "corridor/plan.hpp"
#include "kernels/backend.hpp"

namespace corridor {

/// The back end that the options ask for. `auto` takes CUDA where a device is usable, else says so in
/// one message and takes the CPU.
///
/// throws  Error{device} when cuda is asked for and unusable, Error{usage} for an unknown name
std::unique_ptr<Backend> open_backend(const RunOptions& options, TableSet tables);

/// Runs every job of the plan; `take(job, tally)` gets each result once, never two at a time, in the
/// order in which they finish.
///
/// throws  Error{incomplete} when the options' should_stop says so
void simulate(const Plan& plan, Backend& backend, bool keep_distributions,
              const std::function<void(std::size_t, GroupTally)>& take);

}  // namespace corridor
