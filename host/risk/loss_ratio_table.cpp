// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "host/risk/binomial.hpp"
#include "host/risk/exact_sums.hpp"
#include "host/risk/quantile.hpp"
#include "host/risk/table_builder.hpp"
#include "host/risk/tables.hpp"
#include "host/risk/year_statistics.hpp"

namespace corridor {
namespace {

struct QuantileColumn {
  const char* name;
  const char* description;
  std::uint64_t per_mille;
};
constexpr std::array<QuantileColumn, 6> quantiles{{
    {"quantile_50", "of the loss ratio", 500},
    {"quantile_75", "of the loss ratio", 750},
    {"quantile_90", "of the loss ratio", 900},
    {"quantile_95", "of the loss ratio", 950},
    {"quantile_99", "of the loss ratio; NaN with fewer than ten years beyond", 990},
    {"quantile_99_5", "of the loss ratio; NaN with fewer than ten years beyond", 995},
}};

struct RatioRow {
  const NamedYears* metric;
  YearStatistics years;
  Share above;  ///< a loss ratio above 1

  double of(double amount_usd) const { return amount_usd / metric->premium_usd; }
  double quantile(std::uint64_t per_mille) const {
    const std::uint64_t rank = (years.years * per_mille + 999) / 1000;
    return years.years - rank < quantile_years ? std::numeric_limits<double>::quiet_NaN()
                                               : of(usd(metric->ascending[rank - 1]));
  }
};

void add_probability(TableBuilder<RatioRow>& table) {
  table.number("probability_above_1", "1", "of losses above the premium",
               [](const RatioRow& row) { return row.above.probability; });
  table.number("probability_above_1_se", "1", "its standard error",
               [](const RatioRow& row) { return row.above.se; });
  table.number("probability_above_1_low", "1", "its 95% interval, lower end",
               [](const RatioRow& row) { return row.above.low; });
  table.number("probability_above_1_high", "1", "its 95% interval, upper end",
               [](const RatioRow& row) { return row.above.high; });
}

}  // namespace

ResultTable loss_ratio_table(std::span<const NamedYears> metrics) {
  std::vector<RatioRow> rows;
  for (const NamedYears& metric : metrics) {
    if (!(metric.premium_usd > 0)) continue;
    const std::uint64_t above = years_above(metric.ascending, metric.premium_usd);
    rows.push_back({&metric, year_statistics(metric.ascending),
                    share_of_years(above, metric.ascending.size())});
  }
  TableBuilder<RatioRow> table("loss_ratio", "Losses over premium", rows);
  table.text("metric", "yearly amount", [](const RatioRow& row) { return row.metric->metric; });
  table.usd("premium_usd", "premium of a year",
            [](const RatioRow& row) { return row.metric->premium_usd; });
  table.number("mean", "1", "mean loss ratio",
               [](const RatioRow& row) { return row.of(row.years.mean_usd); });
  table.number("se", "1", "its standard error",
               [](const RatioRow& row) { return row.of(row.years.se_usd); });
  table.number("sd", "1", "standard deviation of a year's loss ratio",
               [](const RatioRow& row) { return row.of(row.years.sd_usd); });
  add_probability(table);
  for (const QuantileColumn& column : quantiles) {
    table.number(column.name, "1", column.description,
                 [&](const RatioRow& row) { return row.quantile(column.per_mille); });
  }
  return table.take();
}

}  // namespace corridor
