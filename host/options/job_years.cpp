// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/job_years.hpp"

#include <cmath>

#include "corridor/error.hpp"
#include "host/simulate/year_blocks.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

/// Small enough that a run stops soon.
constexpr std::size_t block_bytes = std::size_t{4} << 20;

void stop_if_asked(const OptionRun& run) {
  const auto& should_stop = run.plan.options.should_stop;
  if (should_stop && should_stop()) {
    throw Error(ErrorKind::incomplete, "stopped before the run was complete");
  }
}

}  // namespace

const GroupView& counting_view(const GroupJob& job) {
  return job.counted != nullptr ? *job.counted : job.group;
}

YearState JobYear::state(const GridRow& row) const {
  YearState state = year_state(job_.group, row, sums_[0], at_);
  if (job_.counted != nullptr) {
    const YearState counted = year_state(*job_.counted, row, sums_[1], at_);
    state.countable = counted.countable;
    state.run_in = counted.run_in;
  }
  row.terms.apply(state);
  return state;
}

YearState JobYear::state_of(const GroupView& view, std::size_t extra, const GridRow& row) const {
  const std::size_t first = job_.counted != nullptr ? 2 : 1;
  YearState state = year_state(view, row, sums_[first + extra], at_);
  row.terms.apply(state);
  return state;
}

void each_job_year(const OptionRun& run, const GroupJob& job, std::span<const GroupView> extra,
                   const std::function<void(std::uint32_t year, const JobYear&)>& visit) {
  std::vector<GroupView> views{job.group};
  if (job.counted != nullptr) views.push_back(*job.counted);
  views.insert(views.end(), extra.begin(), extra.end());
  each_year_block(
      run.backend, views, run.plan.options.seed, run.years,
      [&](std::uint32_t first_year, std::uint32_t count, std::span<const SumsView> sums) {
        stop_if_asked(run);
        for (std::uint32_t y = 0; y < count; ++y) visit(first_year + y, JobYear(job, sums, y));
      },
      block_bytes);
}

void each_view_year(
    const OptionRun& run, const GroupView& view,
    const std::function<void(std::uint32_t year, SumsView sums, std::uint32_t at)>& visit) {
  each_year_block(
      run.backend, view, run.plan.options.seed, run.years,
      [&](std::uint32_t first_year, std::uint32_t count, SumsView sums) {
        stop_if_asked(run);
        for (std::uint32_t y = 0; y < count; ++y) visit(first_year + y, sums, y);
      },
      block_bytes);
}

Cents counted_of(const GroupView& view, const GridRow& row, SumsView sums, std::uint32_t at) {
  YearState state = year_state(view, row, sums, at);
  row.terms.apply(state);
  return state.counted;
}

Estimate estimate_of(std::span<const Cents> amounts) {
  const auto count = static_cast<double>(amounts.size());
  double sum = 0;
  for (const Cents amount : amounts) sum += static_cast<double>(amount);
  const double mean = sum / count;
  double squares = 0;
  for (const Cents amount : amounts) {
    squares += (static_cast<double>(amount) - mean) * (static_cast<double>(amount) - mean);
  }
  const double se = count > 1 ? std::sqrt(squares / (count - 1) / count) : 0;
  return {mean / 100, se / 100};
}

std::vector<std::vector<std::size_t>> quotes_of_jobs(const Plan& plan) {
  std::vector<std::vector<std::size_t>> quotes(plan.book->jobs.size());
  for (std::size_t q = 0; q < plan.quotes.size(); ++q) quotes[plan.quotes[q].job].push_back(q);
  return quotes;
}

}  // namespace corridor
