// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <deque>
#include <numeric>
#include <vector>

#include "tests/lane/made_up.hpp"

namespace corridor::made_up {

/// A grid that owns what its rows borrow.
struct Grid {
  std::deque<std::vector<Cents>> attachments;
  std::vector<GridRow> rows;

  GroupJob job(const Group& group) const {
    return {group.view(), rows.data(), static_cast<std::uint32_t>(rows.size())};
  }
};

/// One row a threshold, with attachments at `corridors` times the mean of the counted claims of a
/// few hundred years.
inline Grid plain_grid(const Group& group, const std::vector<double>& corridors) {
  const GroupView view = group.view();
  constexpr std::uint32_t years = 256;
  const std::vector<Cents> sums = defined_sums(view, 99, 0, years);
  Grid grid;
  for (std::uint32_t k = 0; k < view.threshold_count; ++k) {
    double counted = 0;
    for (std::uint32_t y = 0; y < years; ++y) {
      counted += static_cast<double>(sums[y] - sums[(1 + k) * years + y]) / years;
    }
    std::vector<Cents>& attachments = grid.attachments.emplace_back();
    for (const double corridor : corridors) attachments.push_back(to_cents(corridor * counted));
    GridRow row;
    row.deductible_threshold = k;
    row.terms.deductible = view.thresholds[k];
    row.attachments = attachments.data();
    row.attachment_count = static_cast<std::uint32_t>(attachments.size());
    grid.rows.push_back(row);
  }
  return grid;
}

/// Gives every row of a grid all the terms that the rules know, at random.
inline void add_terms(Grid& grid, const Group& group, std::mt19937_64& rng) {
  for (GridRow& row : grid.rows) {
    if (rng() % 2)
      row.terms.SpecificReimbursement::share = 0.5 + 0.01 * static_cast<double>(rng() % 50);
    row.terms.limit_is_on_payment = static_cast<std::uint8_t>(rng() % 2);
    if (rng() % 2) {
      const auto last = static_cast<std::uint32_t>(group.thresholds.size() - 1);
      row.limit_threshold =
          row.deductible_threshold +
          static_cast<std::uint32_t>(rng() % (last - row.deductible_threshold + 1));
    }
    if (rng() % 2) row.terms.retention = static_cast<Cents>(rng() % 20'000'000);
    row.terms.counts_lasers = static_cast<std::uint8_t>(rng() % 2);
    row.terms.also = static_cast<std::uint8_t>(rng() % 16);
    if (rng() % 2) row.terms.AggregateCover::share = 0.9;
    if (rng() % 2) row.terms.AggregateCover::limit = static_cast<Cents>(rng() % 30'000'000);
    if (rng() % 8 == 0) row.attachment_count = 0;
  }
}

/// Every figure of one row by plain loops, year by year.
struct RowAmounts {
  std::vector<Cents> counted, specific_before_asd, specific;  ///< [year]
  std::vector<std::vector<Cents>> aggregate, total;           ///< [attachment][year]
};

inline RowAmounts amounts(const GroupJob& job, const GridRow& row, SumsView sums,
                          std::uint32_t years) {
  RowAmounts out;
  out.aggregate.resize(row.attachment_count);
  out.total.resize(std::max(row.attachment_count, 1u));
  for (std::uint32_t y = 0; y < years; ++y) {
    for (std::uint32_t a = 0; a < std::max(row.attachment_count, 1u); ++a) {
      Terms terms = row.terms;
      terms.attachment = row.attachment_count == 0 ? unlimited : row.attachments[a];
      YearState state = year_state(job.group, row, sums, y, job.counted);
      terms.apply(state);
      if (a < row.attachment_count) out.aggregate[a].push_back(state.aggregate);
      out.total[a].push_back(state.specific + state.aggregate);
      if (a > 0) continue;
      out.counted.push_back(state.counted);
      out.specific_before_asd.push_back(state.specific_before_asd);
      out.specific.push_back(state.specific);
    }
  }
  return out;
}

inline CellTally cell_of(const std::vector<Cents>& amounts) {
  CellTally cell;
  for (const Cents amount : amounts) cell.add(amount);
  return cell;
}

/// Tails by sorting everything.
inline FigureTally figure_of(std::vector<Cents> amounts, const RunSettings& settings) {
  FigureTally figure;
  figure.cell = cell_of(amounts);
  if (settings.tail_ranks.empty() && !settings.keep_distributions) return figure;
  std::sort(amounts.begin(), amounts.end());
  for (const std::uint64_t rank : settings.tail_ranks) {
    TailTally tail{amounts[rank - 1]};
    for (const Cents amount : amounts) {
      tail.add(excess_over(amount, tail.value_at_risk));
    }
    figure.tails.push_back(tail);
  }
  if (settings.keep_distributions) {
    const auto first = std::upper_bound(amounts.begin(), amounts.end(), Cents{0});
    figure.sorted_payouts.assign(first, amounts.end());
  }
  return figure;
}

inline GroupTally tally_of(const GroupJob& job, const RunSettings& settings) {
  std::vector<Cents> sums = defined_sums(job.group, settings.seed, 0, settings.years);
  if (job.counted != nullptr) {
    const std::vector<Cents> more = defined_sums(*job.counted, settings.seed, 0, settings.years);
    sums.insert(sums.end(), more.begin(), more.end());
  }
  const SumsView view{sums.data(), settings.years};
  GroupTally tally;
  tally.ground_up = cell_of({sums.begin(), sums.begin() + settings.years});
  for (std::uint32_t r = 0; r < job.row_count; ++r) {
    const RowAmounts year = amounts(job, job.rows[r], view, settings.years);
    RowTally row{cell_of(year.counted),
                 cell_of(year.specific_before_asd),
                 figure_of(year.specific, settings),
                 {},
                 {}};
    for (const auto& payouts : year.aggregate)
      row.aggregate.push_back(figure_of(payouts, settings));
    for (const auto& payouts : year.total) row.total.push_back(figure_of(payouts, settings));
    tally.rows.push_back(row);
  }
  return tally;
}

}  // namespace corridor::made_up
