// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "corridor/plan.hpp"
#include "kernels/backend.hpp"

namespace corridor {

/// The back end that the options ask for. `auto` takes CUDA where a device is usable, else says so
/// in one message and takes the CPU.
///
/// throws  Error{device} when cuda is asked for and unusable, Error{usage} for an unknown name
std::unique_ptr<Backend> open_backend(const RunOptions& options, TableSet tables);

/// Some jobs of a plan, for some years.
struct SimulatedJobs {
  std::vector<std::size_t> jobs;  ///< indices into the book's
  std::uint32_t years = 0;
};

/// Every job, for the years of the options.
SimulatedJobs all_jobs(const Plan& plan);

/// Draws of a job in some years.
std::uint64_t member_years(const Plan& plan, std::size_t job, std::uint32_t years);

/// Runs jobs of the plan; `take(job, tally)` gets each result once, never two at a time, in the
/// order in which they finish. A year has the same draws however many years are simulated.
///
/// throws  Error{incomplete} when the options' should_stop says so
void simulate(const Plan& plan, Backend& backend, const SimulatedJobs& which,
              bool keep_distributions, const std::function<void(std::size_t, GroupTally)>& take);

/// Years up to which a job may be simulated: as many as the options' max_years allows, and as the
/// memory limit has room for, which holds a year's sums and the payouts of its tails.
std::uint32_t most_years(const Plan& plan, std::size_t job, bool keep_distributions);

}  // namespace corridor
