// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/accommodation.hpp"

#include <algorithm>
#include <deque>

#include "host/options/attachment_months.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/money.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

Advance advance_of(std::vector<Cents>& amounts, const std::vector<Level>& levels) {
  Advance advance;
  advance.mean_usd = estimate_of(amounts).mean_usd;
  std::sort(amounts.begin(), amounts.end());
  for (const Level& level : levels) {
    advance.percentile_usd.push_back(usd_of(amounts[level.rank(amounts.size()) - 1]));
  }
  return advance;
}

/// Covers of the job's quotes with the attachment accumulated so far.
std::vector<AggregateCover> covers_so_far(const OptionRun& run, const GroupJob& job,
                                          const std::vector<std::size_t>& quotes, double share) {
  std::vector<AggregateCover> covers;
  for (const std::size_t q : quotes) {
    const QuoteKey& quote = run.plan.quotes[q];
    AggregateCover cover = job.rows[quote.row].terms;
    cover.attachment =
        quote.has_aggregate ? cents_of(quote.aggregate_attachment_usd * share) : unlimited;
    covers.push_back(cover);
  }
  return covers;
}

}  // namespace

bool has_accommodation(const Portfolio& portfolio, std::size_t group) {
  return portfolio.groups.number("monthly_accommodation", group, 0) != 0;
}

std::vector<std::vector<Advance>> monthly_advances(const OptionRun& run, std::size_t job_index,
                                                   const std::vector<std::size_t>& quotes) {
  const GroupJob& job = run.plan.book->jobs[job_index];
  const std::size_t group = run.plan.book->group_of_job[job_index];
  const std::vector<double> shares = attachment_months(run.portfolio, group);
  std::deque<Basis> store;
  BasisList bases(run.portfolio, store);
  std::vector<std::vector<Advance>> advances(quotes.size());
  for (std::size_t month = 1; month <= shares.size(); ++month) {
    GroupView view = counting_view(job);
    view.basis =
        bases.of(paid_through(aggregate_windows(run.portfolio, group), static_cast<int>(month)));
    const std::vector<AggregateCover> covers =
        covers_so_far(run, job, quotes, accumulated(shares, month));
    std::vector<std::vector<Cents>> amounts(quotes.size(), std::vector<Cents>(run.years));
    each_view_year(run, view, [&](std::uint32_t year, SumsView sums, std::uint32_t at) {
      for (std::size_t i = 0; i < quotes.size(); ++i) {
        const GridRow& row = job.rows[run.plan.quotes[quotes[i]].row];
        amounts[i][year] = covers[i].ceded(counted_of(view, row, sums, at));
      }
    });
    for (std::size_t i = 0; i < quotes.size(); ++i) {
      advances[i].push_back(advance_of(amounts[i], run.plan.options.levels));
    }
  }
  return advances;
}

}  // namespace corridor
