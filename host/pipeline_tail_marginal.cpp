// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/pipeline_tail_tables.hpp"
#include "host/select_groups.hpp"
#include "host/risk/risk.hpp"
#include "host/risk/table_builder.hpp"
#include "host/tail/without_group.hpp"

namespace corridor {
namespace {

/// What the book is with a group less what it is without it, at one level.
struct MarginalRow {
  std::string group, metric;
  double level = 0, premium_usd = 0;
  double mean_usd = 0, mean_se_usd = 0;
  double var_usd = 0, tvar_usd = 0, tvar_se_usd = 0;
  double capital_usd = 0, cost_usd = 0;
};

struct MeanAndError {
  double mean = 0, se = 0;
};

template <class OfYear>
MeanAndError over_years(std::size_t years, const OfYear& of_year) {
  double sum = 0, squares = 0;
  for (std::size_t y = 0; y < years; ++y) sum += of_year(y);
  const auto count = static_cast<double>(years);
  const double mean = sum / count;
  for (std::size_t y = 0; y < years; ++y) {
    squares += (of_year(y) - mean) * (of_year(y) - mean);
  }
  return {mean, years > 1 ? std::sqrt(squares / (count - 1) / count) : 0};
}

std::vector<Cents> payouts_without(BookRun& run, std::size_t group, const TailOptions& options) {
  const TailGroup& left_out = run.groups({group, group + 1}).front();
  const std::uint64_t draws = std::uint64_t{left_out.member_count()} * run.years().years();
  const BookYears rest =
      without_group(run.years(), left_out, run.backend(), run.options().seed,
                    years_progress(options.run, "simulate without " + std::to_string(group), draws));
  std::vector<Cents> gross(rest.years());
  for (std::uint32_t y = 0; y < rest.years(); ++y) gross[y] = rest.gross(y);
  if (options.contribution_metric == "gross") return gross;
  const double premium_usd = run.book_premium_usd() - run.premium_usd()[group];
  return apply_programme(run.programme(), gross, rest.layers, premium_usd).net;
}

double excess(Cents amount, double var_usd) {
  return std::max(static_cast<double>(amount) / 100 - var_usd, 0.0);
}

MarginalRow marginal(std::span<const Cents> with, std::span<const Cents> without,
                     const Level& level) {
  const RiskFigure whole = risk_at(ascending(with), level);
  const RiskFigure rest = risk_at(ascending(without), level);
  const MeanAndError mean = over_years(with.size(), [&](std::size_t y) {
    return static_cast<double>(with[y] - without[y]) / 100;
  });
  // Both tails stand on the same years: the error of the difference is that of the difference of
  // their influence functions.
  const MeanAndError tail = over_years(with.size(), [&](std::size_t y) {
    return (excess(with[y], whole.var_usd) - excess(without[y], rest.var_usd)) / (1 - level.value);
  });
  MarginalRow row;
  row.level = level.value;
  row.mean_usd = mean.mean;
  row.mean_se_usd = mean.se;
  row.var_usd = whole.var_usd - rest.var_usd;
  row.tvar_usd = whole.tvar_usd - rest.tvar_usd;
  row.tvar_se_usd = tail.se;
  row.capital_usd = row.tvar_usd - row.mean_usd;
  return row;
}

ResultTable marginal_table(std::span<const MarginalRow> rows) {
  using Row = const MarginalRow&;
  TableBuilder<MarginalRow> table("marginal", "The book with a group less the book without it",
                                  rows);
  table.text("group_id", "group that is left out", [](Row r) { return r.group; });
  table.text("metric", "gross or net payouts", [](Row r) { return r.metric; });
  table.number("level", "1", "of VaR and TVaR", [](Row r) { return r.level; });
  table.usd("premium_usd", "the group's own premium", [](Row r) { return r.premium_usd; });
  table.usd("mean_usd", "mean that the group adds", [](Row r) { return r.mean_usd; });
  table.usd("mean_se_usd", "its standard error", [](Row r) { return r.mean_se_usd; });
  table.usd("var_usd", "VaR that it adds", [](Row r) { return r.var_usd; });
  table.usd("tvar_usd", "TVaR that it adds", [](Row r) { return r.tvar_usd; });
  table.usd("tvar_se_usd", "its standard error, of the same years with and without",
            [](Row r) { return r.tvar_se_usd; });
  table.usd("capital_usd", "economic capital that it adds: TVaR less mean",
            [](Row r) { return r.capital_usd; });
  table.usd("cost_usd", "mean + cost_of_capital * capital, before expenses",
            [](Row r) { return r.cost_usd; });
  return table.take();
}

}  // namespace

void add_marginal_groups(BookRun& run, const BookMetrics& metrics,
                         const TailOptions& options, ResultFile& file) {
  if (options.marginal_groups.empty()) return;
  std::vector<MarginalRow> rows;
  const std::vector<Cents>& with = metrics.years(options.contribution_metric);
  for (const std::size_t group : group_numbers(run.head(), options.marginal_groups)) {
    const std::vector<Cents> without = payouts_without(run, group, options);
    for (const Level& level : options.run.levels) {
      MarginalRow row = marginal(with, without, level);
      row.group = run.head().groups.text("group_id", group);
      row.metric = options.contribution_metric;
      row.premium_usd = run.premium_usd()[group];
      row.cost_usd = row.mean_usd + options.basis.specific.cost_of_capital * row.capital_usd;
      rows.push_back(row);
    }
  }
  file.tables.push_back(marginal_table(rows));
}

}  // namespace corridor
