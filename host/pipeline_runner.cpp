// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_runner.hpp"

#include <algorithm>
#include <map>

#include "host/exact/exact_losses.hpp"
#include "host/price/price.hpp"
#include "host/price/target_se.hpp"
#include "host/reduce/reduce.hpp"
#include "kernels/book.hpp"

namespace corridor {

Runner::Runner(const Plan& plan, Backend& backend, const PricingBasis& basis, const Losses* exact)
    : plan_(plan), backend_(backend), basis_(basis), exact_(exact) {
  losses_.levels = plan.options.levels;
  losses_.jobs.resize(plan.book->jobs.size());
}

void Runner::run(const SimulatedJobs& which) {
  const RunOptions& options = plan_.options;
  const ReduceOptions reduction{which.years, options.levels,
                                functionals_for(options.principles, basis_, which.years)};
  simulate(plan_, backend_, which, !reduction.functionals.empty(),
           [&](std::size_t job, GroupTally tally) {
             losses_.jobs[job] = reduce(tally, reduction);
             member_years_ += member_years(plan_, job, which.years);
           });
  if (exact_ != nullptr) take_exact(*exact_, losses_);
}

void Runner::meet_target(const Portfolio& portfolio) {
  for (;;) {
    const std::vector<SimulatedJobs> again = jobs_for_target(portfolio);
    if (again.empty()) return;
    for (const SimulatedJobs& jobs : again) run(jobs);
  }
}

/// Jobs of groups that need more years and can have them, by years.
std::vector<SimulatedJobs> Runner::jobs_for_target(const Portfolio& portfolio) const {
  const std::vector<double> needed = years_for_target(portfolio, plan_, losses_);
  const std::vector<std::uint32_t> most = most_years_of_groups(needed.size());
  std::map<std::uint32_t, SimulatedJobs> by_years;
  for (std::size_t job = 0; job < losses_.jobs.size(); ++job) {
    const std::uint32_t group = plan_.book->group_of_job[job];
    const auto simulated = static_cast<std::uint32_t>(losses_.jobs[job].ground_up.years);
    const std::uint32_t years = next_years(simulated, needed[group], most[group]);
    if (years == simulated) continue;
    by_years[years].years = years;
    by_years[years].jobs.push_back(job);
  }
  std::vector<SimulatedJobs> again;
  for (auto& [years, jobs] : by_years) again.push_back(std::move(jobs));
  return again;
}

std::vector<std::uint32_t> Runner::most_years_of_groups(std::size_t groups) const {
  std::vector<std::uint32_t> most(groups, plan_.options.max_years);
  const bool keeps = needs_distribution(plan_.options.principles);
  for (std::size_t job = 0; job < losses_.jobs.size(); ++job) {
    std::uint32_t& of_group = most[plan_.book->group_of_job[job]];
    of_group = std::min(of_group, most_years(plan_, job, keeps));
  }
  return most;
}

}  // namespace corridor
