// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/risk/risk.hpp"
#include "host/risk/table_builder.hpp"
#include "host/risk/tables.hpp"
#include "host/risk/year_statistics.hpp"

namespace corridor {
namespace {

struct MetricRow {
  std::string metric;
  double exact_usd;
  YearStatistics years;

  double z() const {
    return years.se_usd > 0 ? (years.mean_usd - exact_usd) / years.se_usd
                            : std::numeric_limits<double>::quiet_NaN();
  }
};

struct RiskRow {
  std::string metric;
  double level, mean_usd;
  RiskFigure risk;
};

void add_value_at_risk(TableBuilder<RiskRow>& table) {
  table.usd("var_usd", "value at risk: the order statistic of rank ceil(level * years)",
            [](const RiskRow& row) { return row.risk.var_usd; });
  table.usd("var_se_usd", "its standard error",
            [](const RiskRow& row) { return row.risk.var_se_usd; });
  table.usd("var_low_usd", "its 95% interval, lower end",
            [](const RiskRow& row) { return row.risk.var_95.low_usd; });
  table.usd("var_high_usd", "its 95% interval, upper end",
            [](const RiskRow& row) { return row.risk.var_95.high_usd; });
}

void add_tail_value_at_risk(TableBuilder<RiskRow>& table) {
  table.usd("tvar_usd", "tail value at risk: mean of the worst (1 - level) of the years",
            [](const RiskRow& row) { return row.risk.tvar_usd; });
  table.usd("tvar_se_usd", "its standard error",
            [](const RiskRow& row) { return row.risk.tvar_se_usd; });
  table.usd("tvar_low_usd", "its 95% interval, lower end",
            [](const RiskRow& row) { return row.risk.tvar_95.low_usd; });
  table.usd("tvar_high_usd", "its 95% interval, upper end",
            [](const RiskRow& row) { return row.risk.tvar_95.high_usd; });
}

}  // namespace

ResultTable metric_table(std::span<const NamedYears> metrics) {
  std::vector<MetricRow> rows;
  for (const NamedYears& metric : metrics) {
    rows.push_back({metric.metric, metric.exact_usd, year_statistics(metric.ascending)});
  }
  TableBuilder<MetricRow> table("metrics", "Yearly amounts of the book", rows);
  table.text("metric", "yearly amount", [](const MetricRow& row) { return row.metric; });
  table.usd("mean_usd", "mean of the years",
            [](const MetricRow& row) { return row.years.mean_usd; });
  table.usd("se_usd", "its standard error", [](const MetricRow& row) { return row.years.se_usd; });
  table.usd("sd_usd", "standard deviation of a year",
            [](const MetricRow& row) { return row.years.sd_usd; });
  table.usd("exact_usd", "mean in closed form; NaN where there is none",
            [](const MetricRow& row) { return row.exact_usd; });
  table.number("z", "1", "(mean - exact) / se", [](const MetricRow& row) { return row.z(); });
  table.count("hits", "years with an amount above 0",
              [](const MetricRow& row) { return row.years.hits; });
  table.number("probability", "1", "hits / years", [](const MetricRow& row) {
    return static_cast<double>(row.years.hits) / static_cast<double>(row.years.years);
  });
  table.usd("least_usd", "least year", [](const MetricRow& row) { return row.years.least_usd; });
  table.usd("largest_usd", "largest year",
            [](const MetricRow& row) { return row.years.largest_usd; });
  return table.take();
}

ResultTable risk_table(std::span<const NamedYears> metrics, std::span<const Level> levels) {
  std::vector<RiskRow> rows;
  for (const NamedYears& metric : metrics) {
    const double mean_usd = year_statistics(metric.ascending).mean_usd;
    for (const Level& level : levels) {
      rows.push_back({metric.metric, level.value, mean_usd,
                      risk_at(metric.ascending, level, metric.largest_usd)});
    }
  }
  TableBuilder<RiskRow> table("risk", "Value at risk and tail value at risk", rows);
  table.text("metric", "yearly amount", [](const RiskRow& row) { return row.metric; });
  table.number("level", "1", "probability of a year at or below VaR",
               [](const RiskRow& row) { return row.level; });
  add_value_at_risk(table);
  add_tail_value_at_risk(table);
  table.usd("mean_usd", "mean of the years", [](const RiskRow& row) { return row.mean_usd; });
  table.usd("economic_capital_usd", "TVaR - mean",
            [](const RiskRow& row) { return row.risk.tvar_usd - row.mean_usd; });
  table.usd("economic_capital_var_usd", "VaR - mean",
            [](const RiskRow& row) { return row.risk.var_usd - row.mean_usd; });
  table.count("tail_years", "years beyond VaR's rank",
              [](const RiskRow& row) { return row.risk.tail_years; });
  return table.take();
}

}  // namespace corridor
