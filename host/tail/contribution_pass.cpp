// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/contribution_pass.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <utility>

namespace corridor {
namespace {

GroupPayout payout_of(const TailGroup& group, std::size_t layers, SumsView sums,
                      std::uint64_t at) {
  GroupPayout payout{group.year(sums, at).gross(), {}};
  for (std::size_t l = 0; l < layers; ++l) payout.layers.push_back(group.layer(l, sums, at));
  return payout;
}

/// Keys in the order in which they are first met.
PartKeys keys_of(const std::string& by, std::size_t groups,
                 const std::function<std::string(std::size_t)>& key_of) {
  PartKeys keys{by, {}, {}};
  std::map<std::string, std::uint32_t> numbers;
  for (std::size_t g = 0; g < groups; ++g) {
    const auto [at, fresh] =
        numbers.try_emplace(key_of(g), static_cast<std::uint32_t>(keys.keys.size()));
    if (fresh) keys.keys.push_back(at->first);
    keys.key_of.push_back(at->second);
  }
  return keys;
}

std::string deductible_text(double usd) {
  if (!std::isfinite(usd)) return "none";
  return std::to_string(static_cast<std::int64_t>(usd));
}

}  // namespace

GroupParts::GroupParts(const SimulatedBook& book, Payouts payouts, ContributionYears years,
                       std::vector<PartKeys> groupings)
    : book_(book), parts_(std::move(years), 0, std::move(groupings)) {
  if (payouts == Payouts::gross) return;
  for (const std::uint32_t year : parts_.years().years) {
    nets_.emplace_back(book.programme, book.ceded, book.years, year);
  }
}

void GroupParts::add(std::span<const TailGroup> groups) {
  const ContributionYears& chosen = parts_.years();
  parts_.next_parts(groups.size());
  each_chosen_year(
      groups, book_.backend, book_.seed, chosen.years,
      [&](std::size_t group, std::uint32_t year, SumsView sums, std::uint64_t at) {
        const std::size_t index = chosen.index_of(year);
        const GroupPayout payout =
            payout_of(groups[group], book_.years.layers.size(), sums, at);
        parts_.add(index, groups_ + group,
                   nets_.empty() ? payout.gross : nets_[index].next(payout));
      });
  groups_ += groups.size();
}

std::vector<PartKeys> group_keys(const Portfolio& portfolio) {
  const Table& groups = portfolio.groups;
  const std::size_t count = portfolio.group_count();
  return {keys_of("state", count, [&](std::size_t g) { return groups.text("state", g); }),
          keys_of("industry", count,
                  [&](std::size_t g) {
                    return std::to_string(
                        static_cast<std::int64_t>(groups.number("industry", g, 0)));
                  }),
          keys_of("deductible", count, [&](std::size_t g) {
            return deductible_text(groups.number("specific_deductible_usd", g, HUGE_VAL));
          })};
}

}  // namespace corridor
