// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <memory>
#include <numeric>

#include "host/exact/exact_means.hpp"
#include "host/options/job_years.hpp"
#include "host/plan/make_plan.hpp"
#include "kernels/book.hpp"
#include "tests/plan/made_up_portfolio.hpp"

namespace corridor::made_up {

/// A planned book with a back end, ready for studies of its options.
class PlannedRun {
 public:
  PlannedRun(Portfolio portfolio, ClaimTables tables, std::uint32_t years, std::uint64_t seed = 1)
      : portfolio_(std::move(portfolio)), plan_(planned(std::move(tables), years, seed)) {
    backend_ = cpu::make_backend({}, plan_.book->table_set());
  }

  OptionRun run() { return {portfolio_, plan_, *backend_, plan_.options.years}; }
  const Plan& plan() const { return plan_; }
  /// From now on the caller wants the run to end.
  void ask_to_stop() {
    plan_.options.should_stop = [] { return true; };
  }
  Backend& backend() { return *backend_; }

  /// Every quote of the first job.
  std::vector<std::size_t> quotes() const { return quotes_of_jobs(plan_).front(); }

 private:
  Plan planned(ClaimTables tables, std::uint32_t years, std::uint64_t seed) const {
    RunOptions options;
    options.years = years;
    options.seed = seed;
    options.levels = {parse_level("0.99")};
    Plan plan = make_plan(portfolio_, std::move(tables), options);
    recentre(*plan.book);
    plan.exact = exact_means(*plan.book);
    set_attachments(portfolio_, plan);
    return plan;
  }

  Portfolio portfolio_;
  Plan plan_;
  std::unique_ptr<Backend> backend_;
};

/// One group of `members` whose claims are all alike and incurred evenly over the year.
inline Portfolio even_year(std::uint64_t members, std::vector<double> paid_fraction) {
  Portfolio book = portfolio({members});
  add_group_column(book, "effect_cv", {0});
  book.lag_paid_fraction = std::move(paid_fraction);
  book.market["incurral_spread"] = 1;
  return book;
}

}  // namespace corridor::made_up
