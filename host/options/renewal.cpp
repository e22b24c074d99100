// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/renewal.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

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

/// A group's claims as incurred over the thresholds of some rows, in the order that a view needs.
class RowsYears {
 public:
  /// Expects at most rows_most rows.
  RowsYears(const GroupJob& job, std::span<const GridRow> rows, double growth)
      : place_(placed(rows, growth)), over_(view_of(job, rows, growth)) {}

  static constexpr std::size_t rows_most = thresholds_max / column_count;

  const GroupView& view() const { return over_.view(); }

  /// Cents over own thresholds.
  Cents over(std::size_t row, Column column, SumsView sums, std::uint32_t at) const {
    const std::uint32_t place = place_[row * column_count + column];
    const Cents excess = sums.data[(1 + place) * sums.stride + at];
    if (!has_bands(view())) return excess;
    return excess - sums.data[(band_column(view()) + place) * sums.stride + at];
  }

 private:
  /// [row][Column] amounts of the group itself.
  static std::vector<Cents> amounts_of(std::span<const GridRow> rows, double growth) {
    std::vector<Cents> amounts;
    for (const GridRow& row : rows) {
      const std::vector<Cents> own = thresholds_for(row.terms, row.terms.deductible, growth);
      amounts.insert(amounts.end(), own.begin(), own.end());
    }
    return amounts;
  }

  /// Where each of the amounts stands among the ascending ones.
  static std::vector<std::uint32_t> placed(std::span<const GridRow> rows, double growth) {
    const std::vector<Cents> amounts = amounts_of(rows, growth);
    std::vector<std::uint32_t> order(amounts.size()), place(amounts.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return amounts[a] < amounts[b]; });
    for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    return place;
  }

  std::vector<Cents> in_place(const std::vector<Cents>& amounts) const {
    std::vector<Cents> result(amounts.size());
    for (std::size_t i = 0; i < amounts.size(); ++i) result[place_[i]] = amounts[i];
    return result;
  }

  GroupOverThresholds view_of(const GroupJob& job, std::span<const GridRow> rows,
                              double growth) const {
    GroupView view = job.group;
    view.basis = nullptr;
    view.family_deductible = unlimited;
    std::vector<Cents> personal;
    for (std::uint32_t p = 0; p < view.personal_count; ++p) {
      std::vector<Cents> amounts;
      for (const GridRow& row : rows) {
        const Cents own =
            view.personal_thresholds[p * view.threshold_count + row.deductible_threshold];
        const std::vector<Cents> of_row = thresholds_for(row.terms, own, growth);
        amounts.insert(amounts.end(), of_row.begin(), of_row.end());
      }
      const std::vector<Cents> ordered = in_place(amounts);
      personal.insert(personal.end(), ordered.begin(), ordered.end());
    }
    return {view, in_place(amounts_of(rows, growth)), std::move(personal)};
  }

  std::vector<std::uint32_t> place_;  ///< [row][Column] index of the threshold in the view
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

/// returns  [row]
std::vector<TwoYears> two_years(const OptionRun& run, const GroupJob& job,
                                std::span<const GridRow> rows, double growth) {
  const RowsYears rows_years(job, rows, growth);
  std::vector<TwoYears> result(rows.size(),
                               {std::vector<double>(run.years), std::vector<double>(run.years)});
  each_view_year(run, rows_years.view(), [&](std::uint32_t year, SumsView sums, std::uint32_t at) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const double share = rows[r].terms.SpecificReimbursement::share / 100;
      const auto layer = [&](Column from, Column to) {
        return share * static_cast<double>(rows_years.over(r, from, sums, at) -
                                           rows_years.over(r, to, sums, at));
      };
      result[r].this_year[year] = layer(this_year, this_year_limit);
      result[r].again[year] = growth * layer(again, again_limit);
    }
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
  for (std::size_t first = 0; first < job.row_count; first += RowsYears::rows_most) {
    const std::span<const GridRow> rows(
        job.rows + first, std::min<std::size_t>(RowsYears::rows_most, job.row_count - first));
    for (const TwoYears& years : two_years(run, job, rows, promise.growth)) {
      results.push_back(promise_over(years, promise));
    }
  }
  return results;
}

}  // namespace corridor
