// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/portfolio/schema.hpp"

namespace corridor {

/// The tables of the book format, one row a column. data/README.md says the same in words.
std::vector<ColumnRule> group_columns();
std::vector<ColumnRule> member_columns();
std::vector<ColumnRule> lag_columns();
std::vector<ColumnRule> treaty_columns();
std::vector<ColumnRule> quote_columns();
std::vector<ColumnRule> experience_columns();
std::vector<ColumnRule> large_claim_columns();
std::vector<AttributeRule> market_attributes();
std::vector<AttributeRule> lag_attributes();

/// Largest amount of money in a book; infinity says "no limit".
inline constexpr double usd_max = 1e12;

}  // namespace corridor
