// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/portfolio.hpp"
#include "host/portfolio/findings.hpp"
#include "host/portfolio/member_columns.hpp"
#include "host/portfolio/schema.hpp"

namespace corridor {

/// Compares every value of every column and attribute with its rule in the schema. `book.members`
/// need not have the columns.
void check_values(const Portfolio& book, const MemberColumns& members, Findings& findings);

/// One number against its range: what is wrong with it, or a Problem without a code.
/// `what` says what the number is; it becomes part of the message.
Problem range_problem(double value, const Range& range, const std::string& what);

}  // namespace corridor
