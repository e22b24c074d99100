// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/renewal.hpp"

#include <algorithm>
#include <cmath>

#include "host/plan/contract_basis.hpp"
#include "host/plan/money.hpp"
#include "host/simulate/year_blocks.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

/// Thresholds of a year's specific: of this year's claims, and of this year's come again.
enum Column : std::uint32_t { again, this_year, again_limit, this_year_limit, column_count };

struct Promise {
  double persistence, growth;
  bool no_new_laser;
  double rate_cap;  ///< infinite: none
};

Promise promise_of(const Portfolio& portfolio, std::size_t group) {
  const YearLink link = year_link_of(portfolio);
  return {link.persistence, 1 + link.trend, portfolio.groups.number("no_new_laser", group, 0) != 0,
          portfolio.groups.number("rate_cap", group, HUGE_VAL)};
}

Cents divided(Cents amount, double growth) {
  return amount >= unlimited ? unlimited : to_cents(static_cast<double>(amount) / growth);
}

/// [Column] thresholds of a person with this deductible.
std::vector<Cents> thresholds_for(const Terms& terms, Cents deductible, double growth) {
  const Cents limit = terms.threshold(deductible, terms.SpecificReimbursement::share);
  std::vector<Cents> amounts(column_count);
  amounts[again] = divided(deductible, growth);
  amounts[this_year] = deductible;
  amounts[again_limit] = divided(limit, growth);
  amounts[this_year_limit] = limit;
  return amounts;
}

/// A group's claims as incurred over the thresholds of one row, in the order that a view needs.
class RowYears {
 public:
  RowYears(const GroupJob& job, const GridRow& row, double growth)
      : order_(ascending(thresholds_for(row.terms, row.terms.deductible, growth))),
        over_(view_of(job, row, growth)) {}

  const GroupView& view() const { return over_.view(); }

  /// Cents over own thresholds.
  Cents over(Column column, SumsView sums, std::uint32_t at) const {
    const auto place = static_cast<std::uint32_t>(std::find(order_.begin(), order_.end(), column) -
                                                  order_.begin());
    const Cents excess = sums.data[(1 + place) * sums.stride + at];
    if (!has_bands(view())) return excess;
    return excess - sums.data[(band_column(view()) + place) * sums.stride + at];
  }

 private:
  static std::vector<Column> ascending(const std::vector<Cents>& amounts) {
    std::vector<Column> order{again, this_year, again_limit, this_year_limit};
    std::stable_sort(order.begin(), order.end(),
                     [&](Column a, Column b) { return amounts[a] < amounts[b]; });
    return order;
  }

  std::vector<Cents> ordered(const std::vector<Cents>& amounts) const {
    std::vector<Cents> result;
    for (const Column column : order_) result.push_back(amounts[column]);
    return result;
  }

  GroupOverThresholds view_of(const GroupJob& job, const GridRow& row, double growth) const {
    GroupView view = job.group;
    view.basis = nullptr;
    view.family_deductible = unlimited;
    std::vector<Cents> personal;
    for (std::uint32_t p = 0; p < view.personal_count; ++p) {
      const Cents own =
          view.personal_thresholds[p * view.threshold_count + row.deductible_threshold];
      const std::vector<Cents> amounts = ordered(thresholds_for(row.terms, own, growth));
      personal.insert(personal.end(), amounts.begin(), amounts.end());
    }
    return {view, ordered(thresholds_for(row.terms, row.terms.deductible, growth)),
            std::move(personal)};
  }

  std::vector<Column> order_;
  GroupOverThresholds over_;
};

/// This year's specific and the same claims' next year, dollars, [year].
struct TwoYears {
  std::vector<double> this_year, again;
};

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

TwoYears two_years(const OptionRun& run, const GroupJob& job, const GridRow& row, double growth) {
  const RowYears row_years(job, row, growth);
  const double share = row.terms.SpecificReimbursement::share / 100;
  TwoYears result{std::vector<double>(run.years), std::vector<double>(run.years)};
  each_view_year(run, row_years.view(), [&](std::uint32_t year, SumsView sums, std::uint32_t at) {
    const auto layer = [&](Column from, Column to) {
      return share *
             static_cast<double>(row_years.over(from, sums, at) - row_years.over(to, sums, at));
    };
    result.this_year[year] = layer(this_year, this_year_limit);
    result.again[year] = growth * layer(again, again_limit);
  });
  return result;
}

/// Cost of the promises when this year's claims come again as `again_usd`.
double cost_usd(const Promise& promise, double again_usd, double next_year_usd,
                double this_year_usd) {
  const double fresh = (1 - promise.persistence) * next_year_usd;
  const double known = promise.no_new_laser ? promise.persistence * again_usd : 0;
  const double most =
      std::isfinite(promise.rate_cap) ? (1 + promise.rate_cap) * this_year_usd : next_year_usd;
  return std::max(0.0, fresh + known - most);
}

RenewalPromise promise_over(const TwoYears& years, const Promise& promise) {
  RenewalPromise result;
  result.next_year_usd = mean_of(years.again);
  result.new_laser_usd = promise.persistence * result.next_year_usd;
  const double this_year_usd = mean_of(years.this_year);
  std::vector<Cents> costs;
  for (const double again_usd : years.again) {
    costs.push_back(
        to_cents(100 * cost_usd(promise, again_usd, result.next_year_usd, this_year_usd)));
  }
  result.cost = estimate_of(costs);
  return result;
}

}  // namespace

bool has_renewal_promise(const Portfolio& portfolio, std::size_t group) {
  const Promise promise = promise_of(portfolio, group);
  return promise.no_new_laser || std::isfinite(promise.rate_cap);
}

std::vector<RenewalPromise> renewal_promises(const OptionRun& run, std::size_t job_index) {
  const GroupJob& job = run.plan.book->jobs[job_index];
  const Promise promise = promise_of(run.portfolio, run.plan.book->group_of_job[job_index]);
  std::vector<RenewalPromise> results;
  for (std::uint32_t r = 0; r < job.row_count; ++r) {
    results.push_back(promise_over(two_years(run, job, job.rows[r], promise.growth), promise));
  }
  return results;
}

}  // namespace corridor
