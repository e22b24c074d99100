// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "corridor/maturity.hpp"
#include "host/pipeline_steps.hpp"

namespace corridor {
namespace {

constexpr const char* basis_columns[] = {"run_in_months",
                                         "run_out_months",
                                         "aggregate_run_in_months",
                                         "aggregate_run_out_months",
                                         "months_since_original_effective",
                                         "run_in_limit_person_usd",
                                         "run_in_limit_group_usd",
                                         "specific_family_deductible_usd",
                                         "aggregate_corridor",
                                         "aggregate_attachment_usd",
                                         "aggregate_factor_usd"};

/// The book without aggregates, without bases of its own, and without family deductibles, which
/// have no closed form.
Portfolio without_bases(Portfolio portfolio) {
  std::erase_if(portfolio.groups.columns, [](const Column& column) {
    return std::find(std::begin(basis_columns), std::end(basis_columns), column.name) !=
           std::end(basis_columns);
  });
  portfolio.quote_corridor.clear();
  return portfolio;
}

void add_months(Portfolio& portfolio, const char* name, int months) {
  portfolio.groups.columns.push_back(
      {name, 1,
       std::vector<std::uint8_t>(portfolio.groups.rows, static_cast<std::uint8_t>(months))});
}

/// Expected claims of all groups: ground-up, and by deductible.
struct Sums {
  double ground_up_usd = 0;
  std::vector<double> specific_usd, retained_usd;
};

Sums sums_of(const Plan& plan, std::size_t deductibles) {
  Sums sums{0, std::vector<double>(deductibles), std::vector<double>(deductibles)};
  for (const double usd : plan.exact.ground_up_usd) sums.ground_up_usd += usd;
  for (std::size_t q = 0; q < plan.quotes.size(); ++q) {
    const QuoteKey& quote = plan.quotes[q];
    const ExactRow& row = plan.exact.rows[quote.job][quote.row];
    sums.specific_usd[q % deductibles] += row.specific_before_asd_usd;
    sums.retained_usd[q % deductibles] += row.retained_usd;
  }
  return sums;
}

std::vector<double> ratios(const std::vector<double>& of, const std::vector<double>& to) {
  std::vector<double> result;
  for (std::size_t i = 0; i < of.size(); ++i) {
    result.push_back(to[i] > 0 ? of[i] / to[i] : std::numeric_limits<double>::quiet_NaN());
  }
  return result;
}

Sums sums_on(const NamedBasis& basis, Portfolio portfolio, const RunOptions& options) {
  add_months(portfolio, "run_in_months", basis.run_in_months);
  add_months(portfolio, "run_out_months", basis.run_out_months);
  return sums_of(pipeline::planned(portfolio, options), options.specific_usd.size());
}

}  // namespace

const std::vector<NamedBasis>& named_bases() {
  static const std::vector<NamedBasis> bases{
      {"12/12", 0, 0}, {"12/15", 0, 3},  {"12/18", 0, 6},  {"12/24", 0, 12},     {"15/12", 3, 0},
      {"18/12", 6, 0}, {"24/12", 12, 0}, {"paid", 255, 0}, {"incurred", 0, 255},
  };
  return bases;
}

MaturityTable maturity_table(const std::string& path, const RunOptions& options) {
  RunAccount account(options);
  const Portfolio portfolio = without_bases(pipeline::loaded(path, options, account));
  RunOptions grid = options;
  grid.corridor.clear();
  if (grid.specific_usd.empty()) grid.specific_usd = portfolio.quote_specific_usd;
  if (grid.specific_usd.empty()) grid.specific_usd = {50'000, 100'000, 250'000, 500'000};
  account.next("closed forms");
  const Sums mature = sums_on(named_bases().back(), portfolio, grid);
  MaturityTable table;
  table.specific_deductible_usd = grid.specific_usd;
  table.groups = portfolio.group_count();
  for (const NamedBasis& basis : named_bases()) {
    const Sums sums = sums_on(basis, portfolio, grid);
    table.rows.push_back({basis.name, basis.run_in_months, basis.run_out_months,
                          sums.ground_up_usd / mature.ground_up_usd,
                          ratios(sums.specific_usd, mature.specific_usd),
                          ratios(sums.retained_usd, mature.retained_usd)});
  }
  RunFacts unused;
  account.finish(unused);
  return table;
}

}  // namespace corridor
