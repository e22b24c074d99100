// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/reduce/reduce.hpp"

#include <cmath>

#include "corridor/error.hpp"
#include "host/reduce/decimal.hpp"
#include "host/reduce/interval.hpp"
#include "host/wide.hpp"

namespace corridor {
namespace {

constexpr std::uint64_t cents_per_dollar = 100;

/// Standard deviation of one year in dollars: years * squares - sum^2 is taken in whole numbers, so
/// nothing cancels.
double standard_deviation_usd(const CellTally& cell, std::uint64_t years) {
  if (years < 2) return 0;
  const Unsigned128 sum = wide(cell.sum);
  const double spread = nearest(difference(product(wide(cell.squares), years), product(sum, sum)));
  const double weight = static_cast<double>(years) * static_cast<double>(years - 1);
  return std::sqrt(spread / weight) / static_cast<double>(cents_per_dollar);
}

FigureLoss statistics(const CellTally& cell, std::uint64_t years) {
  FigureLoss loss;
  loss.years = years;
  loss.mean_usd = quotient(wide(cell.sum), Unsigned128{years} * cents_per_dollar);
  loss.simulated_usd = loss.mean_usd;
  loss.sd_usd = standard_deviation_usd(cell, years);
  loss.se_usd = loss.sd_usd / std::sqrt(static_cast<double>(years));
  loss.hits = cell.hits;
  loss.probability = static_cast<double>(cell.hits) / static_cast<double>(years);
  return loss;
}

/// VaR + excess / ((1 - p) years): one exact fraction, rounded once.
double tail_value_usd(const TailTally& tail, const Level& level, std::uint64_t years) {
  const std::uint64_t outside = billion - billionths(level.text).value();
  const Unsigned128 tail_years = Unsigned128{outside} * years;  // in billionths
  const Unsigned128 numerator =
      tail_years * static_cast<std::uint64_t>(tail.value_at_risk) + wide(tail.excess) * billion;
  return quotient(numerator, tail_years * cents_per_dollar);
}

FigureLoss statistics(const FigureTally& figure, const ReduceOptions& options) {
  FigureLoss loss = statistics(figure.cell, options.years);
  loss.mean_95 = mean_interval(figure, options.levels, options.years);
  for (std::size_t i = 0; i < options.levels.size(); ++i) {
    const TailTally& tail = figure.tails.at(i);
    loss.var_usd.push_back(static_cast<double>(tail.value_at_risk) / double{cents_per_dollar});
    loss.tvar_usd.push_back(tail_value_usd(tail, options.levels[i], options.years));
    loss.tvar_95.push_back(tail_interval(figure, tail, options.levels[i], options.years));
  }
  return loss;
}

FigureLoss cover(const FigureTally& figure, const ReduceOptions& options,
                 PayoutFunction Functional::*function) {
  FigureLoss loss = statistics(figure, options);
  if (!options.functionals.empty() && figure.sorted_payouts.size() != figure.cell.hits) {
    throw Error(ErrorKind::internal, "payouts were not kept for a figure that needs them all");
  }
  for (const Functional& functional : options.functionals) {
    loss.functionals.push_back((functional.*function)(figure.sorted_payouts));
  }
  return loss;
}

RowLoss reduce_row(const RowTally& row, const ReduceOptions& options) {
  RowLoss loss;
  loss.retained = statistics(row.counted, options.years);
  loss.specific_before_asd = statistics(row.specific_before_asd, options.years);
  loss.specific = cover(row.specific, options, &Functional::specific);
  for (const FigureTally& figure : row.aggregate) {
    loss.aggregate.push_back(cover(figure, options, &Functional::aggregate));
  }
  for (const FigureTally& figure : row.total) {
    loss.total.push_back(statistics(figure, options));
  }
  return loss;
}

}  // namespace

JobLosses reduce(const GroupTally& tally, const ReduceOptions& options) {
  JobLosses losses;
  losses.ground_up = statistics(tally.ground_up, options.years);
  losses.rows.reserve(tally.rows.size());
  for (const RowTally& row : tally.rows) losses.rows.push_back(reduce_row(row, options));
  return losses;
}

}  // namespace corridor
