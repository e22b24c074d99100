// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "host/risk/binomial.hpp"
#include "host/risk/quantile.hpp"
#include "host/risk/table_builder.hpp"
#include "host/risk/tables.hpp"

namespace corridor {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<std::uint32_t, 11> usual_periods{2,   5,   10,  20,  25,  50,
                                                      100, 200, 250, 500, 1000};

struct Point {
  std::string metric;
  double period_years;
  Share probability;
  Quantile loss;
};

Point point_of(const NamedYears& metric, std::uint32_t period) {
  const std::uint64_t years = metric.ascending.size(), beyond = years / period;
  const double outside = 1 / static_cast<double>(period);
  Point point{metric.metric, static_cast<double>(period), {outside, none, none, none}, {}};
  point.loss = beyond > 0 ? quantile_at(metric.ascending, years - beyond, outside)
                          : Quantile{none, none, {}};
  return point;
}

Point point_of(const ClaimCount& claim, std::uint64_t years) {
  const Share share = share_of_years(claim.years_above, years);
  const double period = claim.years_above > 0 ? 1 / share.probability : none;
  return {"largest_claim", period, share, {claim.amount_usd, none, {}}};
}

void add_probability(TableBuilder<Point>& table) {
  table.number("return_period_years", "years", "1 / probability",
               [](const Point& point) { return point.period_years; });
  table.number("probability", "1", "of a year above the loss",
               [](const Point& point) { return point.probability.probability; });
  table.number("probability_se", "1", "its standard error, where the loss is given",
               [](const Point& point) { return point.probability.se; });
  table.number("probability_low", "1", "its 95% interval, lower end",
               [](const Point& point) { return point.probability.low; });
  table.number("probability_high", "1", "its 95% interval, upper end",
               [](const Point& point) { return point.probability.high; });
}

}  // namespace

std::vector<ClaimCount> claim_counts(std::span<const std::uint8_t> rungs,
                                     std::span<const double> amounts_usd) {
  std::vector<std::uint64_t> years_at(amounts_usd.size() + 1);
  for (const std::uint8_t rung : rungs) ++years_at.at(rung);
  std::vector<ClaimCount> counts(amounts_usd.size());
  std::uint64_t above = 0;
  for (std::size_t i = amounts_usd.size(); i-- > 0;) {
    above += years_at[i + 1];
    counts[i] = {amounts_usd[i], above};
  }
  return counts;
}

std::vector<std::uint32_t> return_periods(std::uint64_t years) {
  std::vector<std::uint32_t> periods;
  std::copy_if(usual_periods.begin(), usual_periods.end(), std::back_inserter(periods),
               [&](std::uint32_t period) { return years / period >= quantile_years; });
  return periods;
}

ResultTable exceedance_table(std::span<const NamedYears> metrics,
                             std::span<const std::uint32_t> periods_years,
                             std::span<const ClaimCount> claims, std::uint64_t claim_years) {
  std::vector<Point> points;
  for (const NamedYears& metric : metrics) {
    for (const std::uint32_t period : periods_years) points.push_back(point_of(metric, period));
  }
  for (const ClaimCount& claim : claims) points.push_back(point_of(claim, claim_years));
  TableBuilder<Point> table("exceedance", "What is exceeded once in so many years", points);
  table.text("metric", "yearly amount, or largest_claim: of any person in a year",
             [](const Point& point) { return point.metric; });
  add_probability(table);
  table.usd("loss_usd", "amount exceeded", [](const Point& point) { return point.loss.value_usd; });
  table.usd("se_usd", "its standard error, where the probability is given",
            [](const Point& point) { return point.loss.se_usd; });
  table.usd("low_usd", "its 95% interval, lower end",
            [](const Point& point) { return point.loss.interval_95.low_usd; });
  table.usd("high_usd", "its 95% interval, upper end",
            [](const Point& point) { return point.loss.interval_95.high_usd; });
  return table.take();
}

}  // namespace corridor
