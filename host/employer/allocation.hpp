// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/employer.hpp"
#include "corridor/portfolio.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// Splits an amount in proportion to weights, to the cent, so that the parts add up to it:
/// everybody gets the whole cents of their share, and the cents left go to the largest remainders,
/// the first of equals. By equal parts where every weight is 0. Expects weights of 0 or more.
std::vector<Cents> apportioned(Cents amount, const std::vector<Cents>& weights);

/// A sub-group and its members, by row of the group.
struct SubgroupMembers {
  std::string name;
  std::vector<std::uint32_t> rows;
};

/// The arrangement's sub-groups of a book of one group; members that no sub-group names are "rest".
/// Empty without sub-groups. Throws Error{bad_data} for rows that the group lacks or that two
/// sub-groups share, and for an unknown column.
std::vector<SubgroupMembers> subgroup_members(const Portfolio& book,
                                              const Arrangement& arrangement);

/// Gives every other member of a book of one group claims of 0, until it is destroyed: what is left
/// are the sub-group's own claims on the group's draws.
class OnlyMembers {
 public:
  OnlyMembers(Book& book, const std::vector<std::uint32_t>& rows);
  ~OnlyMembers();
  OnlyMembers(const OnlyMembers&) = delete;
  OnlyMembers& operator=(const OnlyMembers&) = delete;

 private:
  Book& book_;
  std::vector<Member> members_;
  std::deque<std::vector<PersonalMember>> personal_;
};

/// What one sub-group brings to a year of an option, cents.
struct SubgroupYears {
  std::vector<Cents> plan_paid, specific_before_asd, counted;  ///< [year]
};

/// A year's cost by own claims: each sub-group's plan-paid claims, less its part of the specific's
/// payment by own excess and of the aggregate's by own counted claims. Cents that rounding leaves
/// between the parts and the whole go by plan-paid claims.
struct OwnCosts {
  std::vector<std::vector<Cents>> net;                  ///< [sub-group][year]
  std::vector<std::vector<Cents>> specific, aggregate;  ///< [sub-group][year]
};
/// Expects the first years of `net`, `specific` and `aggregate` to be those of the sub-groups.
OwnCosts own_costs(const std::vector<SubgroupYears>& subgroups, const std::vector<Cents>& net,
                   const std::vector<Cents>& specific, const std::vector<Cents>& aggregate);

}  // namespace corridor
