// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/terminal.hpp"

#include <algorithm>
#include <deque>

#include "host/options/attachment_months.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/money.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

constexpr int more_months = 3;

Windows extended(Windows windows) {
  windows.run_out = std::min(windows.run_out + more_months, Windows::without_end);
  return windows;
}

/// One quote's payouts with and without the option, [year].
struct Payouts {
  const GridRow* row;
  AggregateCover annual, extended;
  std::vector<Cents> exercised, added;

  void add(std::uint32_t year, Cents counted, Cents counted_longer) {
    exercised[year] = extended.ceded(counted_longer);
    // The employer keeps the annual settlement where the longer one would pay less.
    added[year] = excess_over(exercised[year], annual.ceded(counted));
  }
};

Payouts payouts_of(const OptionRun& run, const GroupJob& job, const QuoteKey& quote,
                   double three_months) {
  Payouts payouts;
  payouts.row = &job.rows[quote.row];
  payouts.annual = payouts.extended = payouts.row->terms;
  payouts.annual.attachment = payouts.extended.attachment = unlimited;
  if (quote.has_aggregate) {
    payouts.annual.attachment = cents_of(quote.aggregate_attachment_usd);
    payouts.extended.attachment = cents_of(quote.aggregate_attachment_usd * (1 + three_months));
  }
  payouts.exercised.resize(run.years);
  payouts.added.resize(run.years);
  return payouts;
}

}  // namespace

bool has_terminal_liability(const Portfolio& portfolio, std::size_t group) {
  return portfolio.groups.number("terminal_liability", group, 0) != 0;
}

std::vector<TerminalLiability> terminal_liabilities(const OptionRun& run, std::size_t job_index,
                                                    const std::vector<std::size_t>& quotes) {
  const GroupJob& job = run.plan.book->jobs[job_index];
  const std::size_t group = run.plan.book->group_of_job[job_index];
  const double three_months = last_three(attachment_months(run.portfolio, group));
  const double probability = run.portfolio.groups.number("terminal_probability", group, 1);
  std::deque<Basis> store;
  BasisList bases(run.portfolio, store);
  GroupView longer = counting_view(job);
  longer.basis = bases.of(extended(aggregate_windows(run.portfolio, group)));

  std::vector<Payouts> payouts;
  for (const std::size_t q : quotes) {
    payouts.push_back(payouts_of(run, job, run.plan.quotes[q], three_months));
  }
  each_job_year(run, job, std::span(&longer, 1), [&](std::uint32_t year, const JobYear& years) {
    for (Payouts& quote : payouts) {
      quote.add(year, years.state(*quote.row).counted,
                years.state_of(longer, 0, *quote.row).counted);
    }
  });
  std::vector<TerminalLiability> results;
  for (const Payouts& quote : payouts) {
    const Estimate added = estimate_of(quote.added);
    results.push_back({usd_of(quote.extended.attachment), estimate_of(quote.exercised), added,
                       probability * added.mean_usd});
  }
  return results;
}

}  // namespace corridor
