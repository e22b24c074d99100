// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "kernels/backend.hpp"

namespace corridor {

/// Everything a study of options works with; borrows.
struct OptionRun {
  const Portfolio& portfolio;
  const Plan& plan;
  Backend& backend;
  std::uint32_t years = 0;
};

/// The group as its aggregate counts claims.
const GroupView& counting_view(const GroupJob& job);

/// One simulated year of a job and of further views of its group.
class JobYear {
 public:
  JobYear(const GroupJob& job, std::span<const SumsView> sums, std::uint32_t row_of_block)
      : job_(job), sums_(sums), at_(row_of_block) {}

  /// The year after every term before the aggregate cover.
  YearState state(const GridRow& row) const;

  /// The same for further view `extra`, which counts claims for itself: same terms.
  YearState state_of(const GroupView& view, std::size_t extra, const GridRow& row) const;

 private:
  const GroupJob& job_;
  std::span<const SumsView> sums_;
  std::uint32_t at_;
};

/// Simulates a job's years with further views of its group beside it, on the same draws.
void each_job_year(const OptionRun& run, const GroupJob& job, std::span<const GroupView> extra,
                   const std::function<void(std::uint32_t year, const JobYear&)>& visit);

/// Simulates the years of one view: `at` is the year's row of `sums`.
void each_view_year(
    const OptionRun& run, const GroupView& view,
    const std::function<void(std::uint32_t year, SumsView sums, std::uint32_t at)>& visit);

/// Claims of a simulated year that count to the aggregate, on the view's own basis.
Cents counted_of(const GroupView& view, const GridRow& row, SumsView sums, std::uint32_t at);

/// Mean and standard error of yearly amounts in cents, dollars.
struct Estimate {
  double mean_usd = 0, se_usd = 0;
};
Estimate estimate_of(std::span<const Cents> amounts);

/// The quotes of each job, as indices into plan.quotes.
std::vector<std::vector<std::size_t>> quotes_of_jobs(const Plan& plan);

}  // namespace corridor
