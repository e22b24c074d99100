// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <limits>

#include "corridor/maturity.hpp"
#include "host/pipeline_steps.hpp"
#include "host/risk/table_builder.hpp"

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

Plan plan_on(const NamedBasis& basis, Portfolio portfolio, const RunOptions& options) {
  add_months(portfolio, "run_in_months", basis.run_in_months);
  add_months(portfolio, "run_out_months", basis.run_out_months);
  return pipeline::planned(portfolio, options);
}

MaturityRow row_of(const NamedBasis& basis, const Sums& sums, const Sums& mature) {
  return {basis.name,
          basis.run_in_months,
          basis.run_out_months,
          sums.ground_up_usd / mature.ground_up_usd,
          ratios(sums.specific_usd, mature.specific_usd),
          ratios(sums.retained_usd, mature.retained_usd),
          sums.ground_up_usd,
          sums.specific_usd,
          sums.retained_usd};
}

void add_facts(const Portfolio& portfolio, const Plan& plan, MaturityTable& table) {
  table.groups = portfolio.group_count();
  table.warnings = portfolio.warnings;
  // Terms of aggregates are idle here alone: the book's own contracts may well have some.
  std::copy_if(plan.warnings.begin(), plan.warnings.end(), std::back_inserter(table.warnings),
               [](const Problem& warning) { return warning.code != "W_IDLE"; });
  table.run.input_path = portfolio.path;
  table.run.input_digest = portfolio.digest;
  table.run.table_digest = plan.table_digest;
  table.run.settings = {{"groups", std::to_string(table.groups)},
                        {"members", std::to_string(portfolio.members.rows)}};
}

/// A basis at a deductible.
struct Cell {
  const MaturityRow* row;
  double deductible_usd;
  std::size_t at;
};

std::vector<Cell> cells_of(const MaturityTable& table) {
  std::vector<Cell> cells;
  for (const MaturityRow& row : table.rows) {
    for (std::size_t d = 0; d < table.specific_deductible_usd.size(); ++d) {
      cells.push_back({&row, table.specific_deductible_usd[d], d});
    }
  }
  return cells;
}

ResultTable cells_table(const std::vector<Cell>& cells) {
  using Row = const Cell&;
  TableBuilder<Cell> table("maturity", "Contract bases against a mature contract", cells);
  table.text("basis", "incurred and paid months", [](Row r) { return r.row->basis; });
  table.count("run_in_months", "before the policy, of claims that count; 255: all",
              [](Row r) { return std::uint64_t(r.row->run_in_months); });
  table.count("run_out_months", "after the policy, of payments that count; 255: all",
              [](Row r) { return std::uint64_t(r.row->run_out_months); });
  table.usd("specific_deductible_usd", "each person's", [](Row r) { return r.deductible_usd; });
  table.number("ground_up", "1", "eligible claims over those of a mature contract",
               [](Row r) { return r.row->ground_up; });
  table.number("specific", "1", "the same of the specific cover, after share and limit",
               [](Row r) { return r.row->specific[r.at]; });
  table.number("retained", "1", "the same of claims below the deductible",
               [](Row r) { return r.row->retained[r.at]; });
  table.usd("ground_up_usd", "expected eligible claims of a year, all groups",
            [](Row r) { return r.row->ground_up_usd; });
  table.usd("specific_usd", "the same of the specific cover",
            [](Row r) { return r.row->specific_usd[r.at]; });
  table.usd("retained_usd", "the same of claims below the deductible",
            [](Row r) { return r.row->retained_usd[r.at]; });
  return table.take();
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
  const std::size_t deductibles = grid.specific_usd.size();
  const Plan plan = plan_on(named_bases().back(), portfolio, grid);
  const Sums mature = sums_of(plan, deductibles);
  MaturityTable table;
  table.specific_deductible_usd = grid.specific_usd;
  for (const NamedBasis& basis : named_bases()) {
    const Sums sums = sums_of(plan_on(basis, portfolio, grid), deductibles);
    table.rows.push_back(row_of(basis, sums, mature));
  }
  add_facts(portfolio, plan, table);
  account.finish(table.run);
  return table;
}

ResultFile maturity_results(const MaturityTable& table) {
  ResultFile results;
  results.schema = "corridor.maturity";
  results.tables.push_back(cells_table(cells_of(table)));
  results.warnings = table.warnings;
  results.run = table.run;
  return results;
}

}  // namespace corridor
