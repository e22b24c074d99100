// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/contribution_pass.hpp"

#include <cmath>
#include <functional>
#include <map>

#include "host/tail/group_net.hpp"

namespace corridor {
namespace {

GroupPayout payout_of(const SimulatedBook& book, std::size_t group, SumsView sums,
                      std::uint64_t at) {
  GroupPayout payout{book.groups[group].year(sums, at).gross(), {}};
  for (std::size_t l = 0; l < book.years.layers.size(); ++l) {
    payout.layers.push_back(book.groups[group].layer(l, sums, at));
  }
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

TailParts group_parts(const SimulatedBook& book, Payouts payouts, ContributionYears years,
                      std::vector<PartKeys> groupings) {
  TailParts parts(std::move(years), book.groups.size(), std::move(groupings));
  const ContributionYears& chosen = parts.years();
  std::vector<NetOfYear> nets;
  if (payouts == Payouts::net) {
    for (const std::uint32_t year : chosen.years) {
      nets.emplace_back(book.programme, book.ceded, book.years, year);
    }
  }
  each_chosen_year(
      book.groups, book.backend, book.seed, chosen.years,
      [&](std::size_t group, std::uint32_t year, SumsView sums, std::uint64_t at) {
        const std::size_t index = chosen.index_of(year);
        const GroupPayout payout = payout_of(book, group, sums, at);
        parts.add(index, group, nets.empty() ? payout.gross : nets[index].next(payout));
      });
  return parts;
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
