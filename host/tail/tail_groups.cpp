// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/tail_groups.hpp"

#include "host/tail/book_years.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

Cents cents_of(double usd) {
  const double cents = usd * 100;
  return cents < cents_max ? to_cents(cents) : unlimited;
}

}  // namespace

Portfolio bound_terms(Portfolio portfolio) {
  portfolio.quote_specific_usd.clear();
  portfolio.quote_corridor.clear();
  return portfolio;
}

std::vector<PersonLayer> person_layers(const Programme& programme) {
  std::vector<PersonLayer> layers;
  for (const Treaty& treaty : programme.treaties) {
    if (!treaty.of_persons()) continue;
    layers.push_back(
        {cents_of(treaty.attachment_usd), cents_of(treaty.limit_usd), treaty.captive});
  }
  return layers;
}

std::vector<TailGroup> tail_groups(const Portfolio& portfolio, const Plan& plan,
                                   std::span<const PersonLayer> layers) {
  std::vector<TailGroup> groups;
  groups.reserve(plan.book->jobs.size());
  for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
    const double captive = portfolio.groups.number("captive", plan.book->group_of_job[job], 0);
    groups.emplace_back(plan.book->jobs[job], layers, static_cast<std::uint16_t>(captive));
  }
  return groups;
}

GroupTally tally_of(const GroupSums& sums, const GridRow& row) {
  GroupTally tally;
  tally.ground_up = sums.ground_up;
  RowTally& only = tally.rows.emplace_back();
  only.counted = sums.counted;
  only.specific_before_asd = sums.specific_before_asd;
  only.specific.cell = sums.specific;
  if (row.attachment_count == 1) only.aggregate.emplace_back().cell = sums.aggregate;
  only.total.emplace_back().cell = sums.total;
  return tally;
}

}  // namespace corridor
