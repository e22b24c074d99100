// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/simulated.hpp"

#include <algorithm>
#include <cmath>

namespace corridor::oracle {
namespace {

Estimate estimate_of(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / count;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (count - 1) / count)};
}

}  // namespace

Cents cents_of(double usd) { return static_cast<Cents>(std::llround(usd * 100)); }

SimulatedYears::SimulatedYears(const Book& book, std::size_t job, std::uint32_t years,
                               std::uint64_t seed)
    : group_(book.jobs[job].group), years_(years) {
  const GroupJob& at = book.jobs[job];
  if (at.counted != nullptr) counted_ = *at.counted;
  const std::size_t own = std::size_t{sums_columns(group_)} * years;
  sums_.resize(std::size_t{job_columns(at)} * years);
  const auto backend = cpu::make_backend({}, book.table_set());
  backend->simulate(group_, seed, 0, years, {sums_.data(), years});
  if (counted_) backend->simulate(*counted_, seed, 0, years, {sums_.data() + own, years});
}

YearState SimulatedYears::year(const GridRow& row, Cents attachment, std::uint32_t year) const {
  // year_state only reads, but a view of sums is one for back ends to write through.
  const SumsView sums{const_cast<Cents*>(sums_.data()), years_};
  YearState state = year_state(group_, row, sums, year, counted_ ? &*counted_ : nullptr);
  Terms terms = row.terms;
  terms.attachment = attachment;
  terms.apply(state);
  return state;
}

std::vector<double> SimulatedYears::figures(
    const GridRow& row, Cents attachment,
    const std::function<Cents(const YearState&)>& figure) const {
  std::vector<double> values(years_);
  for (std::uint32_t y = 0; y < years_; ++y) {
    values[y] = static_cast<double>(figure(year(row, attachment, y))) / 100;
  }
  return values;
}

Estimate SimulatedYears::mean(const GridRow& row, Cents attachment,
                              const std::function<Cents(const YearState&)>& figure) const {
  return estimate_of(figures(row, attachment, figure));
}

Estimate SimulatedYears::probability(const GridRow& row, Cents attachment,
                                     const std::function<Cents(const YearState&)>& figure) const {
  std::vector<double> values = figures(row, attachment, figure);
  for (double& value : values) value = value > 0 ? 1 : 0;
  return estimate_of(values);
}

double SimulatedYears::percentile(const GridRow& row, Cents attachment, double p,
                                  const std::function<Cents(const YearState&)>& figure) const {
  std::vector<double> values = figures(row, attachment, figure);
  const auto rank = values.begin() + static_cast<std::ptrdiff_t>(std::ceil(p * years_)) - 1;
  std::nth_element(values.begin(), rank, values.end());
  return *rank;
}

}  // namespace corridor::oracle
