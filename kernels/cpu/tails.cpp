// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/tails.hpp"

#include <algorithm>
#include <cmath>

#include "kernels/cpu/sort_payouts.hpp"

namespace corridor::cpu {
namespace {

/// The order statistic of the n-th highest of all years, where `kept` holds at least n payouts.
TailTally tail_from(std::vector<Cents>& kept, std::uint64_t from_top, bool sorted) {
  const auto nth = kept.end() - static_cast<std::ptrdiff_t>(from_top);
  if (!sorted) std::nth_element(kept.begin(), nth, kept.end());
  TailTally tail;
  tail.value_at_risk = *nth;
  for (auto payout = nth; payout != kept.end(); ++payout) {
    tail.add(*payout - tail.value_at_risk);
  }
  return tail;
}

/// The tail above 0: fewer years pay than the rank leaves out.
TailTally tail_of_all(const std::vector<Cents>& payouts) {
  TailTally tail;
  for (const Cents payout : payouts) tail.add(payout);
  return tail;
}

}  // namespace

std::uint64_t TailQuestion::exceeding() const {
  return years - *std::min_element(ranks.begin(), ranks.end()) + 1;
}

Cents guess_keep_above(std::vector<Cents>& sample, std::uint64_t sample_years,
                       const TailQuestion& question, double margin) {
  if (question.keep_all) return 0;
  const double share =
      static_cast<double>(question.exceeding()) / static_cast<double>(question.years);
  const double expected = static_cast<double>(sample_years) * share;
  const double wanted = std::max(expected + margin * (std::sqrt(expected) + 1), 0.0);
  if (wanted >= static_cast<double>(sample.size())) return 0;
  const auto nth = sample.end() - static_cast<std::ptrdiff_t>(wanted) - 1;
  std::nth_element(sample.begin(), nth, sample.end());
  return *nth;
}

bool answers(const TailQuestion& question, std::uint64_t hits, std::uint64_t kept) {
  return std::all_of(question.ranks.begin(), question.ranks.end(), [&](std::uint64_t rank) {
    const std::uint64_t from_top = question.years - rank + 1;
    return kept >= std::min(hits, from_top);
  });
}

void fill_tails(const TailQuestion& question, std::vector<Cents>& kept, FigureTally& figure) {
  if (question.keep_all) sort_payouts(kept);
  for (const std::uint64_t rank : question.ranks) {
    const std::uint64_t from_top = question.years - rank + 1;
    figure.tails.push_back(figure.cell.hits < from_top
                               ? tail_of_all(kept)
                               : tail_from(kept, from_top, question.keep_all));
  }
  if (question.keep_all) figure.sorted_payouts.assign(kept.begin(), kept.end());
}

}  // namespace corridor::cpu
