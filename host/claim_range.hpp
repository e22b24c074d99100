// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/basis.hpp"
#include "kernels/lane/table.hpp"

namespace corridor {

/// The largest of 1/64, 1/4096, ... that a factor on claims does not fall below. Tables reach to the
/// cap over such a rung, not over the smallest factor itself, so that a group's figures do not
/// depend, to the last bit, on the scales of other groups.
double factor_rung(double factor);

/// Shares of a claim that a basis takes, times the level of their year: a rung (1, 1/64, ...) below
/// the least above 0, and the most that its years together may take. nullptr takes all of a claim.
struct ShareRange {
  double rung = 1, most = 1;
};
ShareRange paid_share_range(const Basis* basis);

/// Flattens the buckets of a table that lie above `ceiling`, dollars, which no claim shows.
void flatten_above(double ceiling, Bucket* table);

/// The ceiling of a law whose claims are capped at `maximum_usd` after factors down to `rung`.
double ceiling_usd(double maximum_usd, double rung);

}  // namespace corridor
