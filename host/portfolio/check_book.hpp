// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/portfolio.hpp"
#include "host/portfolio/findings.hpp"
#include "host/portfolio/member_columns.hpp"

namespace corridor {

// What values must be to one another; each alone is checked by check_values. Of `book.members` the
// number of rows alone counts: their columns are `members`.

/// Offsets cut the members into groups; ids are unique, their random streams too.
void check_structure(const Portfolio& book, Findings& findings);

/// Attachments, limits, factors and quoted grid make sense; features not priced are refused.
void check_terms(const Portfolio& book, const MemberColumns& members, Findings& findings);

/// Members refer to laws that exist; no laser is below its group's deductible.
void check_members(const Portfolio& book, const MemberColumns& members, Findings& findings);

/// Laws' indices are unique, payment lags are distributions, other tables refer to groups.
void check_references(const Portfolio& book, Findings& findings);

}  // namespace corridor
