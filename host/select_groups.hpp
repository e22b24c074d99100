// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "corridor/portfolio.hpp"

namespace corridor {

/// Groups [first, last) of a book.
struct GroupRange {
  std::size_t first = 0, last = 0;

  bool holds(std::size_t group) const { return first <= group && group < last; }
  std::size_t count() const { return last - first; }
};

/// The book with these groups alone, in this order, a group as often as it is named: their columns,
/// members, experience and large claims; everything else as it was.
Portfolio select_groups(const Portfolio& portfolio, std::span<const std::size_t> groups);

/// Row of a group in the book.
/// throws  Error{usage} for an id that the book lacks, naming the nearest
std::size_t group_number(const Portfolio& portfolio, const std::string& group_id);

/// Rows of the groups that texts name, in their order: a text is an id, commas or not, or several
/// ids with commas between.
/// throws  as group_number, and where a group is named twice
std::vector<std::size_t> group_numbers(const Portfolio& portfolio,
                                       const std::vector<std::string>& texts);

/// The book with one group alone. A group's quotes do not depend on its company.
/// throws  as group_number
Portfolio select_group(const Portfolio& portfolio, const std::string& group_id);

}  // namespace corridor
