// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/allocation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace corridor {
namespace {

__extension__ using Wide = __int128;

[[noreturn]] void refuse(const Arrangement& arrangement, const std::string& key,
                         const std::string& value, const std::string& message,
                         const std::string& fix) {
  Problem problem;
  problem.code = "E_SUBGROUP";
  problem.file = arrangement.source;
  problem.dataset = key;
  problem.value = value;
  problem.message = message;
  problem.fix = fix;
  throw Error(ErrorKind::bad_data, std::vector{problem});
}

std::vector<SubgroupMembers> by_column(const Portfolio& book, const Arrangement& arrangement) {
  const std::string& name = arrangement.subgroup_column;
  const Column* column = book.members.find(name);
  if (column == nullptr || column->width != 1) {
    std::string list;
    for (const Column& known : book.members.columns) {
      list += (list.empty() ? "" : ", ") + known.name;
    }
    refuse(arrangement, "subgroups.column", name,
           "is no column of this book's members with one value a row", "Choose one of " + list);
  }
  std::map<std::string, std::vector<std::uint32_t>> rows;
  for (std::size_t row = 0; row < book.members.rows; ++row) {
    const double value = book.members.number(name, row, 0);
    if (value != std::floor(value) || std::abs(value) > 1e15) {
      refuse(arrangement, "subgroups.column", name,
             "holds numbers that are not whole, and a sub-group is a whole number",
             "Choose a column of whole numbers, as tier");
    }
    const std::string text = std::to_string(static_cast<long long>(value));
    rows[std::string(10 - std::min<std::size_t>(text.size(), 10), ' ') + text].push_back(
        static_cast<std::uint32_t>(row));
  }
  constexpr std::size_t most = 500;
  if (rows.size() > most) {
    refuse(arrangement, "subgroups.column", name,
           "has " + std::to_string(rows.size()) + " values, more than " + std::to_string(most) +
               " sub-groups",
           "Choose a column with fewer values");
  }
  std::vector<SubgroupMembers> result;
  for (auto& [value, members] : rows) {
    result.push_back({name + " " + value.substr(value.find_first_not_of(' ')), std::move(members)});
  }
  return result;
}

/// Owner of every row, so that none has two.
std::vector<std::size_t> owners(const Portfolio& book, const Arrangement& arrangement) {
  constexpr std::size_t nobody = ~std::size_t{0};
  std::vector<std::size_t> owner(book.members.rows, nobody);
  for (std::size_t s = 0; s < arrangement.subgroups.size(); ++s) {
    const Subgroup& subgroup = arrangement.subgroups[s];
    for (const auto& [first, last] : subgroup.rows) {
      if (last >= owner.size()) {
        refuse(arrangement, "subgroup.rows", std::to_string(last),
               "sub-group " + subgroup.name + " names a row that the group lacks",
               "Its members are rows 0 to " + std::to_string(owner.size() - 1));
      }
      for (std::uint64_t row = first; row <= last; ++row) {
        if (owner[row] != nobody) {
          const bool twice = owner[row] == s;
          refuse(arrangement, "subgroup.rows", std::to_string(row),
                 twice ? "is twice in sub-group " + subgroup.name
                       : "is in sub-groups " + arrangement.subgroups[owner[row]].name + " and " +
                             subgroup.name,
                 "Leave every member in one range of one sub-group");
        }
        owner[row] = s;
      }
    }
  }
  return owner;
}

void zero_others(std::vector<Member>& members, std::vector<bool>& kept) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i >= kept.size() || !kept[i]) members[i].scale = 0;
  }
}

}  // namespace

std::vector<Cents> apportioned(Cents amount, const std::vector<Cents>& weights) {
  const Wide total = std::accumulate(weights.begin(), weights.end(), Wide{0});
  if (total == 0) return apportioned(amount, std::vector<Cents>(weights.size(), 1));
  std::vector<Cents> parts(weights.size());
  std::vector<Wide> remainders(weights.size());
  Cents left = amount;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide share = Wide{amount} * weights[i];
    parts[i] = static_cast<Cents>(share / total);
    remainders[i] = share % total;
    // Whole cents at or below the share, also of an amount below 0.
    if (remainders[i] < 0) {
      --parts[i];
      remainders[i] += total;
    }
    left -= parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
  return parts;
}

std::vector<SubgroupMembers> subgroup_members(const Portfolio& book,
                                              const Arrangement& arrangement) {
  if (!arrangement.subgroup_column.empty()) return by_column(book, arrangement);
  if (arrangement.subgroups.empty()) return {};
  const std::vector<std::size_t> owner = owners(book, arrangement);
  std::vector<SubgroupMembers> result;
  for (const Subgroup& subgroup : arrangement.subgroups) result.push_back({subgroup.name, {}});
  SubgroupMembers rest{"rest", {}};
  for (std::size_t row = 0; row < owner.size(); ++row) {
    SubgroupMembers& part = owner[row] < result.size() ? result[owner[row]] : rest;
    part.rows.push_back(static_cast<std::uint32_t>(row));
  }
  if (!rest.rows.empty()) result.push_back(std::move(rest));
  return result;
}

OnlyMembers::OnlyMembers(Book& book, const std::vector<std::uint32_t>& rows)
    : book_(book), members_(book.members), personal_(book.personal) {
  std::vector<bool> kept(members_.size());
  for (const std::uint32_t row : rows) kept[row] = true;
  zero_others(book.members, kept);
  for (std::vector<PersonalMember>& persons : book.personal) {
    for (PersonalMember& person : persons) {
      if (kept[person.member]) continue;
      person.terms.scale = 0;
      if (person.known_run_in > 0) person.known_run_in = 0;
    }
  }
}

// Copies back into the arrays: the jobs point into them.
OnlyMembers::~OnlyMembers() {
  std::copy(members_.begin(), members_.end(), book_.members.begin());
  for (std::size_t p = 0; p < personal_.size(); ++p) {
    std::copy(personal_[p].begin(), personal_[p].end(), book_.personal[p].begin());
  }
}

OwnCosts own_costs(const std::vector<SubgroupYears>& subgroups, const std::vector<Cents>& net,
                   const std::vector<Cents>& specific, const std::vector<Cents>& aggregate) {
  const std::size_t count = subgroups.size();
  const std::size_t years = count == 0 ? 0 : subgroups.front().plan_paid.size();
  OwnCosts costs;
  for (auto* parts : {&costs.net, &costs.specific, &costs.aggregate}) {
    parts->assign(count, std::vector<Cents>(years));
  }
  std::vector<Cents> paid(count), excess(count), counted(count);
  for (std::size_t y = 0; y < years; ++y) {
    for (std::size_t s = 0; s < count; ++s) {
      paid[s] = subgroups[s].plan_paid[y];
      excess[s] = subgroups[s].specific_before_asd[y];
      counted[s] = std::max<Cents>(subgroups[s].counted[y], 0);
    }
    const std::vector<Cents> by_excess = apportioned(specific[y], excess);
    const std::vector<Cents> by_counted = apportioned(aggregate[y], counted);
    Cents left = net[y];
    for (std::size_t s = 0; s < count; ++s) {
      costs.specific[s][y] = by_excess[s];
      costs.aggregate[s][y] = by_counted[s];
      costs.net[s][y] = paid[s] - by_excess[s] - by_counted[s];
      left -= costs.net[s][y];
    }
    const std::vector<Cents> rounding = apportioned(left, paid);
    for (std::size_t s = 0; s < count; ++s) costs.net[s][y] += rounding[s];
  }
  return costs;
}

}  // namespace corridor
