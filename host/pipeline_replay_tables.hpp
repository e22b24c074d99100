// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "corridor/result_file.hpp"
#include "host/tail/year_claims.hpp"

namespace corridor::pipeline {

/// A group's year with what it stands on.
struct GroupOfYear {
  std::string id;
  const GroupJob* job = nullptr;
  GridRow row;  ///< with its attachment
  GroupReplay replay;

  /// Claims up to the group's deductible, person by person, on the aggregate's basis.
  Cents below_deductible() const;
  /// What families keep above their deductible, on that basis.
  Cents family_credit() const;
};

/// A row a group: terms, what the year brought, and what each term made of it.
ResultTable groups_table(std::string name, std::span<const GroupOfYear> groups);

/// One row: sums over the groups.
ResultTable totals_table(std::span<const GroupOfYear> groups);

/// The year's effects one by one, and their product.
ResultTable effects_table(const GroupOfYear& group, std::span<const EffectFactors> factors);

/// Persons with claims above `floor` cents or above their own deductible, largest first, then one
/// row of all others, which is the group's totals less the rows above it.
///
/// `first_member`  row of the group's first member in the book's /members
ResultTable members_table(const GroupOfYear& group, std::vector<PersonReplay> persons, Cents floor,
                          std::uint64_t first_member);

/// Families that keep more than their deductible.
ResultTable families_table(std::span<const FamilyReplay> families);

}  // namespace corridor::pipeline
