// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/portfolio.hpp"
#include "host/portfolio/findings.hpp"
#include "host/portfolio/raw_book.hpp"

namespace corridor {

/// A book but for its members' values: `book.members` has rows and no columns.
struct BookHead {
  Portfolio book;
  std::vector<RawColumn> member_columns;  ///< each of book.members.rows
};

/// Gives what was read its names and types. Checks presence, schema and lengths, so that every
/// table of the result has columns of one length; values are not looked at. What is missing or
/// refused is absent from the result and noted in `findings`.
BookHead build_head(const RawBook& raw, Findings& findings);

}  // namespace corridor
