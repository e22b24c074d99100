// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/option_years.hpp"

#include <algorithm>

namespace corridor {
namespace {

FigureTally figure_tally(const std::vector<Cents>& amounts, const std::vector<std::uint64_t>& ranks,
                         bool keep_payouts) {
  FigureTally figure;
  for (const Cents amount : amounts) figure.cell.add(amount);
  std::vector<Cents> sorted = amounts;
  std::sort(sorted.begin(), sorted.end());
  for (const std::uint64_t rank : ranks) {
    TailTally tail;
    tail.value_at_risk = sorted.at(rank - 1);
    for (std::size_t i = rank; i < sorted.size(); ++i) {
      tail.add(sorted[i] - tail.value_at_risk);
    }
    figure.tails.push_back(tail);
  }
  if (keep_payouts) {
    figure.sorted_payouts.assign(std::upper_bound(sorted.begin(), sorted.end(), Cents{0}),
                                 sorted.end());
  }
  return figure;
}

std::vector<Cents> sums_of(const std::vector<Cents>& a, const std::vector<Cents>& b) {
  std::vector<Cents> sums(a.size());
  std::transform(a.begin(), a.end(), b.begin(), sums.begin(), std::plus<>());
  return sums;
}

}  // namespace

void OptionYears::add(const YearState& state, const Terms& terms, std::uint64_t persons_above) {
  net.push_back(employer(state));
  specific.push_back(state.specific);
  aggregate.push_back(state.aggregate);
  plan_paid.add(state.ground_up);
  counted.add(state.counted);
  specific_before_asd.add(state.specific_before_asd);
  attached_years += state.counted > terms.attachment ? 1 : 0;
  const Cents used_by_lasers = terms.counts_lasers ? state.laser_band : 0;
  const Cents left = excess_over(terms.retention, used_by_lasers);
  asd_exhausted_years += terms.retention > 0 && state.specific_before_asd >= left ? 1 : 0;
  if (claimants.size() <= persons_above) claimants.resize(persons_above + 1);
  ++claimants[persons_above];
}

YearState employer_year(const GroupJob& job, const GridRow& row, Cents attachment, SumsView sums,
                        std::uint64_t year, const MembersShare& members) {
  YearState state = year_state(job.group, row, sums, year, job.counted);
  state.ground_up -= members.eligible;
  state.countable -= members.countable;
  Terms terms = row.terms;
  terms.attachment = attachment;
  terms.apply(state);
  return state;
}

RowTally row_tally(const std::vector<const OptionYears*>& corridors, bool has_aggregate,
                   const std::vector<std::uint64_t>& ranks, bool keep_payouts) {
  const OptionYears& first = *corridors.front();
  RowTally tally;
  tally.counted = first.counted;
  tally.specific_before_asd = first.specific_before_asd;
  tally.specific = figure_tally(first.specific, ranks, keep_payouts);
  if (!has_aggregate) {
    tally.total.push_back(tally.specific);
    return tally;
  }
  for (const OptionYears* option : corridors) {
    tally.aggregate.push_back(figure_tally(option->aggregate, ranks, keep_payouts));
    tally.total.push_back(figure_tally(sums_of(option->specific, option->aggregate), ranks, false));
  }
  return tally;
}

}  // namespace corridor
