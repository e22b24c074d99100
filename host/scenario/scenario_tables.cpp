// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/scenario_tables.hpp"

#include <algorithm>
#include <cmath>

#include "host/risk/risk.hpp"
#include "host/risk/table_builder.hpp"
#include "host/scenario/paired_years.hpp"

namespace corridor {
namespace {

constexpr double cents_per_dollar = 100;

double ratio(double over, double under) { return under == 0 ? std::nan("") : over / under; }

struct Change {
  std::string metric;
  PairedFigure figure;
  double exact_change_usd = std::nan("");

  double z() const {
    const double off = figure.change_usd() - exact_change_usd;
    return figure.change_se_usd > 0 ? off / figure.change_se_usd : std::nan("");
  }
};

std::vector<Change> changes_of(std::span<const PairedMetric> metrics,
                               std::span<const Level> levels) {
  std::vector<Change> changes;
  for (const PairedMetric& metric : metrics) {
    for (PairedFigure& figure : paired_figures(metric.base, metric.stressed, levels)) {
      Change change{metric.metric, std::move(figure)};
      if (change.figure.figure == "mean") {
        change.exact_change_usd = metric.stressed_exact_usd - metric.base_exact_usd;
      }
      changes.push_back(std::move(change));
    }
  }
  return changes;
}

struct Ratio {
  std::string metric;
  PairedPremium premium;
  PairedFigure mean;
  PairedShare above;  ///< years above the premium
};

struct Point {
  std::string metric;
  double period_years = 0, base_usd = 0, stressed_usd = 0;
};

double exceeded_usd(std::span<const Cents> ascending, double period_years) {
  const std::size_t years = ascending.size();
  const auto above = static_cast<std::size_t>(static_cast<double>(years) / period_years);
  return static_cast<double>(ascending[years - 1 - std::min(above, years - 1)]) / cents_per_dollar;
}

}  // namespace

ResultTable change_table(std::span<const PairedMetric> metrics, std::span<const Level> levels) {
  const std::vector<Change> changes = changes_of(metrics, levels);
  TableBuilder<Change> table("changes", "figures of a year of the book in both runs", changes);
  table.text("metric", "yearly amount", [](const Change& c) { return c.metric; });
  table.text("figure", "mean, sd, var_LEVEL or tvar_LEVEL",
             [](const Change& c) { return c.figure.figure; });
  table.usd("base_usd", "as the book is", [](const Change& c) { return c.figure.base_usd; });
  table.usd("stressed_usd", "under the stress",
            [](const Change& c) { return c.figure.stressed_usd; });
  table.usd("change_usd", "stressed less base",
            [](const Change& c) { return c.figure.change_usd(); });
  table.usd("change_se_usd", "standard error of the change, of paired years",
            [](const Change& c) { return c.figure.change_se_usd; });
  table.number("ratio", "1", "stressed over base",
               [](const Change& c) { return ratio(c.figure.stressed_usd, c.figure.base_usd); });
  table.usd("exact_change_usd", "change of the mean in closed form",
            [](const Change& c) { return c.exact_change_usd; });
  table.number("z", "1", "change less its closed form, in standard errors",
               [](const Change& c) { return c.z(); });
  return table.take();
}

ResultTable paired_loss_ratio_table(std::span<const PairedMetric> metrics,
                                    std::span<const PairedPremium> premiums) {
  std::vector<Ratio> ratios;
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    const PairedMetric& metric = metrics[m];
    const PairedPremium& premium = premiums[m];
    ratios.push_back(
        {metric.metric, premium, paired_figures(metric.base, metric.stressed, {}).front(),
         paired_share_above(metric.base, premium.base_usd, metric.stressed, premium.stressed_usd)});
  }
  TableBuilder<Ratio> table("loss_ratio", "payouts over the book's premium in both runs", ratios);
  table.text("metric", "yearly amount", [](const Ratio& r) { return r.metric; });
  table.usd("base_premium_usd", "as the book is",
            [](const Ratio& r) { return r.premium.base_usd; });
  table.usd("stressed_premium_usd", "under the stress",
            [](const Ratio& r) { return r.premium.stressed_usd; });
  table.number("base_ratio", "1", "expected payouts over the premium",
               [](const Ratio& r) { return ratio(r.mean.base_usd, r.premium.base_usd); });
  table.number("stressed_ratio", "1", "the same under the stress",
               [](const Ratio& r) { return ratio(r.mean.stressed_usd, r.premium.stressed_usd); });
  table.number("base_above_premium", "1", "share of years that pay more than the premium",
               [](const Ratio& r) { return r.above.base; });
  table.number("stressed_above_premium", "1", "the same under the stress",
               [](const Ratio& r) { return r.above.stressed; });
  table.number("above_premium_change_se", "1", "standard error of the share's change",
               [](const Ratio& r) { return r.above.change_se; });
  return table.take();
}

ResultTable paired_exceedance_table(std::span<const PairedMetric> metrics,
                                    std::span<const double> periods_years) {
  std::vector<Point> points;
  for (const PairedMetric& metric : metrics) {
    const std::vector<Cents> base = ascending(metric.base), stressed = ascending(metric.stressed);
    for (const double period : periods_years) {
      points.push_back(
          {metric.metric, period, exceeded_usd(base, period), exceeded_usd(stressed, period)});
    }
  }
  TableBuilder<Point> table("exceedance", "what is exceeded once in so many years, in both runs",
                            points);
  table.text("metric", "yearly amount", [](const Point& p) { return p.metric; });
  table.number("return_period_years", "years", "one year in so many is worse",
               [](const Point& p) { return p.period_years; });
  table.usd("base_usd", "as the book is", [](const Point& p) { return p.base_usd; });
  table.usd("stressed_usd", "under the stress", [](const Point& p) { return p.stressed_usd; });
  return table.take();
}

}  // namespace corridor
