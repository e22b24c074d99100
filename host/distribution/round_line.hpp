// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/distribution/table_lines.hpp"
#include "kernels/lane/table.hpp"

namespace corridor {

/// A line in fp32 whose values, as the lane evaluates them from `low` to the last survival below
/// `high`, lie between `most` at the left and `least` at the right. Its mean differs from the
/// line's by 1e-7 relative at most: of the neighbouring slopes the one whose rounded intercept
/// suits best is taken; the slope gives way where rounding would break the limits.
///
/// Expects least <= line.mean <= most.
Bucket round_line(const TableLine& line, double most, double least);

/// All lines of a table, each kept between its separators.
std::vector<Bucket> round_lines(const std::vector<TableLine>& lines, TableBounds bounds);

}  // namespace corridor
