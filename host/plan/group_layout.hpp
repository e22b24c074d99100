// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/portfolio.hpp"
#include "host/claim_tables.hpp"
#include "kernels/lane/group.hpp"

namespace corridor {

/// A person of the second loop with the deductible of their own, before any row is known.
struct OwnTerms {
  PersonalMember person;
  Cents deductible = 0;  ///< laser; 0: the group's, only the cap or the family is their own

  bool excluded() const { return deductible >= unlimited; }
};

/// One group's members in the kernels' rows.
struct GroupMembers {
  std::vector<Member> rows;  ///< padded with scale 0 to a multiple of member_row_padding
  std::vector<OwnTerms> personal;
  Cents maximum = unlimited;  ///< cap of everybody in the main loop
  Cents family_deductible = unlimited;
  bool exposed = false;  ///< some exposure below 1
};

/// Vector lanes may read whole blocks of members.
inline constexpr std::size_t member_row_padding = 8;

GroupMembers group_members(const Portfolio& portfolio, const ClaimTables& tables,
                           std::size_t group);

}  // namespace corridor
