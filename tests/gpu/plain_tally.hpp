// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/lane/group_year.hpp"

namespace corridor {

/// A figure from its payouts, one a year, by sorting them.
inline FigureTally plain_figure(std::vector<Cents> payouts, const RunSettings& settings) {
  FigureTally figure;
  for (const Cents payout : payouts) figure.cell.add(payout);
  std::sort(payouts.begin(), payouts.end());
  for (const std::uint64_t rank : settings.tail_ranks) {
    TailTally tail{payouts[rank - 1]};
    for (const Cents payout : payouts) {
      tail.add(excess_over(payout, tail.value_at_risk));
    }
    figure.tails.push_back(tail);
  }
  if (settings.keep_distributions) {
    figure.sorted_payouts.assign(std::upper_bound(payouts.begin(), payouts.end(), Cents{0}),
                                 payouts.end());
  }
  return figure;
}

/// One line of a grid, year by year, all terms applied anew for each attachment.
inline RowTally plain_row(const GroupJob& job, const GridRow& row, SumsView sums,
                          const RunSettings& settings) {
  const std::uint32_t passes = std::max(row.attachment_count, 1u);
  std::vector<Cents> specific(settings.years);
  std::vector<std::vector<Cents>> aggregate(passes, specific), total(passes, specific);
  RowTally tally;
  for (std::uint32_t year = 0; year < settings.years; ++year) {
    for (std::uint32_t a = 0; a < passes; ++a) {
      Terms terms = row.terms;
      if (row.attachment_count > 0) terms.attachment = row.attachments[a];
      YearState state = year_state(job.group, row, sums, year, job.counted);
      terms.apply(state);
      aggregate[a][year] = state.aggregate;
      total[a][year] = carrier(state);
      specific[year] = state.specific;
      if (a > 0) continue;
      tally.counted.add(state.counted);
      tally.specific_before_asd.add(state.specific_before_asd);
    }
  }
  tally.specific = plain_figure(specific, settings);
  for (std::uint32_t a = 0; a < passes; ++a) {
    if (a < row.attachment_count) tally.aggregate.push_back(plain_figure(aggregate[a], settings));
    tally.total.push_back(plain_figure(total[a], settings));
  }
  return tally;
}

/// What a back end must make of a job, from the lane's definition by plain loops.
inline GroupTally plain_tally(const GroupJob& job, const RunSettings& settings) {
  std::vector<Cents> sums(std::size_t{job_columns(job)} * settings.years);
  const SumsView view{sums.data(), settings.years};
  const Philox draw{round_keys(settings.seed)};
  GroupTally tally;
  for (std::uint32_t year = 0; year < settings.years; ++year) {
    store(job.group, simulate_year(job.group, year, draw), view, year);
    tally.ground_up.add(sums[year]);
    if (job.counted == nullptr) continue;
    const std::uint64_t behind = sums_columns(job.group) * view.stride;
    store(*job.counted, simulate_year(*job.counted, year, draw),
          {sums.data() + behind, view.stride}, year);
  }
  for (std::uint32_t r = 0; r < job.row_count; ++r) {
    tally.rows.push_back(plain_row(job, job.rows[r], view, settings));
  }
  return tally;
}

}  // namespace corridor
