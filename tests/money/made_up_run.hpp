// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "host/price/price.hpp"
#include "host/reduce/reduce.hpp"

namespace corridor::made_up {

using Years = std::vector<Cents>;  ///< one amount a policy year

inline CellTally cell_of(const Years& amounts) {
  CellTally cell;
  for (const Cents amount : amounts) cell.add(amount);
  return cell;
}

/// What a back end leaves of a figure whose yearly amounts are known.
inline FigureTally figure_of(Years amounts, const std::vector<Level>& levels, bool keep = false) {
  FigureTally figure{cell_of(amounts), {}, {}};
  std::sort(amounts.begin(), amounts.end());
  for (const Level& level : levels) {
    TailTally tail{amounts.at(level.rank(amounts.size()) - 1)};
    for (const Cents amount : amounts) {
      tail.add(std::max(amount - tail.value_at_risk, Cents{0}));
    }
    figure.tails.push_back(tail);
  }
  if (keep) {
    std::copy_if(amounts.begin(), amounts.end(), std::back_inserter(figure.sorted_payouts),
                 [](Cents amount) { return amount > 0; });
  }
  return figure;
}

/// A book of groups at one deductible, with or without an aggregate, and the losses of a run of it:
/// everything that pricing takes, with no simulation behind it.
struct MadeUpRun {
  Portfolio portfolio;
  Plan plan;
  PricingBasis basis;
  double corridor = 1.25, attachment_usd = 1e6;  ///< of rows with an aggregate
  std::vector<GroupTally> tallies;               ///< [group]
  std::uint32_t years = 0;

  MadeUpRun() {
    portfolio.path = "book.h5";
    portfolio.digest = "0123";
    portfolio.member_offset = {0};
    portfolio.groups.columns = {{"group_id", 1, std::vector<std::string>{}},
                                {"employees", 4, std::vector<std::uint32_t>{}}};
    portfolio.distributions.resize(1);
    plan.options.seed = 1;
    plan.table_digest = "4567";
  }

  std::vector<Level> levels() const { return levels_for(plan.options, basis); }
  bool keeps() const { return needs_distribution(plan.options.principles); }

  void add_group(const std::string& id, std::uint32_t employees, std::uint64_t members) {
    Table& groups = portfolio.groups;
    std::get<std::vector<std::string>>(groups.columns[0].values).push_back(id);
    auto& by_tier = std::get<std::vector<std::uint32_t>>(groups.columns[1].values);
    by_tier.insert(by_tier.end(), {employees, 0, 0, 0});
    portfolio.member_offset.push_back(portfolio.member_offset.back() + members);
    ++groups.rows;
    plan.exact.ground_up_usd.push_back(0);
    plan.exact.outside_basis_usd.push_back(0);
    plan.exact.rows.emplace_back();
    tallies.emplace_back();
  }

  /// A row of the last group. An empty `aggregate`: none is quoted.
  void add_row(double deductible_usd, const Years& retained, const Years& specific,
               const Years& aggregate = {}) {
    years = static_cast<std::uint32_t>(specific.size());
    plan.options.years = years;
    GroupTally& tally = tallies.back();
    QuoteKey key;
    key.group = key.job = static_cast<std::uint32_t>(tallies.size() - 1);
    key.row = static_cast<std::uint32_t>(tally.rows.size());
    key.specific_deductible_usd = deductible_usd;
    key.aggregate_corridor = key.aggregate_attachment_usd =
        std::numeric_limits<double>::quiet_NaN();
    key.has_aggregate = !aggregate.empty();
    RowTally row;
    row.counted = cell_of(retained);
    row.specific_before_asd = cell_of(specific);
    row.specific = figure_of(specific, levels(), keeps());
    Years total = specific;
    if (key.has_aggregate) {
      key.aggregate_corridor = corridor;
      key.aggregate_attachment_usd = attachment_usd;
      row.aggregate = {figure_of(aggregate, levels(), keeps())};
      for (std::size_t year = 0; year < total.size(); ++year) total[year] += aggregate[year];
    }
    row.total = {figure_of(total, levels())};
    tally.rows.push_back(row);
    plan.quotes.push_back(key);
    ExactRow exact;
    exact.retained_usd = exact.mature_retained_usd = mean_usd(row.counted);
    exact.specific_before_asd_usd = mean_usd(row.specific_before_asd);
    exact.mature_specific_before_asd_usd = exact.specific_before_asd_usd;
    plan.exact.rows.back().push_back(exact);
  }

  double mean_usd(const CellTally& cell) const {
    return static_cast<double>(cell.sum.low) / 100 / static_cast<double>(years);
  }

  Losses losses() const {
    Losses result;
    result.levels = levels();
    const ReduceOptions options{years, result.levels,
                                functionals_for(plan.options.principles, basis, years)};
    for (const GroupTally& tally : tallies) result.jobs.push_back(reduce(tally, options));
    return result;
  }

  /// Adds a column of /groups, or replaces it.
  template <class Values>
  void set(const std::string& name, Values values, std::size_t width = 1) {
    std::erase_if(portfolio.groups.columns, [&](const Column& c) { return c.name == name; });
    portfolio.groups.columns.push_back({name, width, std::move(values)});
  }

  Quotes priced(const ExperienceMeans& experience = {}) const {
    return price(portfolio, plan, losses(), basis, experience);
  }
};

/// Loads that load nothing: a premium is the mean payout.
inline PricingBasis no_loads() {
  PricingBasis basis;
  for (CoverLoads* loads : {&basis.specific, &basis.aggregate}) {
    loads->expense = loads->commission = loads->premium_tax = loads->profit = 0;
    loads->theta = loads->sd_weight = loads->variance_weight = loads->lambda = 0;
    loads->tvar_weight = loads->cost_of_capital = 0;
    loads->rho = loads->capital_share = 1;
  }
  return basis;
}

}  // namespace corridor::made_up
