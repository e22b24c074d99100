// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_tail_tables.hpp"

#include <algorithm>
#include <limits>

#include "host/price/layer_premiums.hpp"
#include "host/risk/risk.hpp"
#include "host/treaty/treaty_table.hpp"

namespace corridor {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double ceded_premium_usd(const std::vector<TreatyFigures>& treaties) {
  double sum = 0;
  for (const TreatyFigures& treaty : treaties) sum += treaty.premium_usd;
  return sum;
}

std::vector<std::string> principles_of(const TailOptions& options) {
  return options.run.principles.empty() ? default_principles() : options.run.principles;
}

std::vector<TreatyFigures> figures_of(const BookRun& run, const TailOptions& options) {
  return treaty_figures(run.programme(), run.ceded(), run.book_premium_usd(),
                        [&](std::span<const Cents> yearly) {
                          return layer_premiums_usd(ascending(yearly), principles_of(options),
                                                    options.basis);
                        });
}

std::vector<std::uint32_t> periods_of(const TailOptions& options, std::uint32_t years) {
  if (options.return_periods_years.empty()) return return_periods(years);
  std::vector<std::uint32_t> periods;
  for (const double period : options.return_periods_years) {
    periods.push_back(static_cast<std::uint32_t>(period));
  }
  return periods;
}

}  // namespace

BookMetrics::BookMetrics(const BookRun& run) {
  const BookYears& years = run.years();
  const BookMeans& exact = run.means();
  const double largest = exact.largest_claim_usd;
  const auto add = [&](const char* name, const char* description, double exact_usd,
                       double largest_usd, const auto& of_year) {
    std::vector<Cents> amounts(years.years());
    for (std::uint32_t y = 0; y < years.years(); ++y) amounts[y] = of_year(y);
    metrics_.push_back({name, description, std::move(amounts), exact_usd, largest_usd});
  };
  using Year = std::uint32_t;
  add("ground_up", "eligible claims of all groups", exact.ground_up_usd, largest,
      [&](Year y) { return years.ground_up[y]; });
  add("retained", "what the employers keep: ground_up - gross",
      exact.ground_up_usd - exact.gross_usd(), largest,
      [&](Year y) { return years.ground_up[y] - years.gross(y); });
  add("specific", "paid by the specific covers", exact.specific_usd, largest,
      [&](Year y) { return years.specific[y]; });
  add("aggregate", "paid by the aggregate covers", exact.aggregate_usd, 0,
      [&](Year y) { return years.aggregate[y]; });
  add("gross", "paid by the carrier: specific + aggregate", exact.gross_usd(), largest,
      [&](Year y) { return years.gross(y); });
  add("ceded", "paid by the treaties: gross - net", unknown, largest,
      [&](Year y) { return years.gross(y) - run.ceded().net[y]; });
  add("net", "what the treaties leave with the carrier",
      run.programme().treaties.empty() ? exact.gross_usd() : unknown, largest,
      [&](Year y) { return run.ceded().net[y]; });
}

std::vector<YearSeries> BookMetrics::take_series() {
  std::vector<YearSeries> series;
  for (Metric& metric : metrics_) {
    series.push_back({metric.name, metric.description, std::move(metric.years)});
  }
  metrics_.clear();
  return series;
}

BookMetrics::Sorted BookMetrics::sorted() const {
  Sorted sorted;
  sorted.ascending.reserve(metrics_.size());
  for (const Metric& metric : metrics_) {
    sorted.ascending.push_back(ascending(metric.years));
    sorted.named.push_back({metric.name, sorted.ascending.back(), metric.exact_usd,
                            metric.largest_usd, unknown});
  }
  return sorted;
}

const std::vector<Cents>& BookMetrics::years(std::string_view name) const {
  return std::find_if(metrics_.begin(), metrics_.end(),
                      [&](const Metric& metric) { return metric.name == name; })
      ->years;
}

double net_premium_usd(const BookRun& run, const TailOptions& options) {
  return run.book_premium_usd() - ceded_premium_usd(figures_of(run, options));
}

void add_book_tables(const BookRun& run, const BookMetrics& metrics, const TailOptions& options,
                     ResultFile& file) {
  BookMetrics::Sorted sorted = metrics.sorted();
  for (NamedYears& metric : sorted.named) {
    if (metric.metric == "gross") metric.premium_usd = run.book_premium_usd();
    if (metric.metric != "net") continue;
    metric.premium_usd = net_premium_usd(run, options);
  }
  file.tables.push_back(metric_table(sorted.named));
  file.tables.push_back(risk_table(sorted.named, options.run.levels));
  file.tables.push_back(loss_ratio_table(sorted.named));
  const std::uint32_t years = run.years().years();
  file.tables.push_back(exceedance_table(sorted.named, periods_of(options, years),
                                         claim_counts(run.years().rung, claim_ladder_usd), years));
}

void add_treaty_tables(const BookRun& run, const TailOptions& options, ResultFile& file) {
  if (run.programme().treaties.empty()) return;
  const std::vector<TreatyFigures> figures = figures_of(run, options);
  file.tables.push_back(treaty_table(run.programme(), figures, principles_of(options)));
  ResultTable captives = captive_table(run.programme(), figures, run.ceded(), options.run.levels);
  if (captives.rows > 0) file.tables.push_back(std::move(captives));
}

}  // namespace corridor
