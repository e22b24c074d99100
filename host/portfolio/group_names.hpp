// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>

#include "corridor/portfolio.hpp"

namespace corridor {

/// The group that a row belongs to, for messages; "" where the book is too broken to say.
class GroupNames {
 public:
  explicit GroupNames(const Portfolio& book) : book_(book) {}

  std::string of_group(std::uint64_t row) const {
    return row < book_.groups.rows ? book_.groups.text("group_id", row) : "";
  }
  std::string of_member(std::uint64_t row) const {
    const auto& offset = book_.member_offset;
    if (!std::is_sorted(offset.begin(), offset.end())) return "";
    const auto next = std::upper_bound(offset.begin(), offset.end(), row);
    if (next == offset.begin() || next == offset.end()) return "";
    return of_group(static_cast<std::uint64_t>(next - offset.begin()) - 1);
  }

 private:
  const Portfolio& book_;
};

}  // namespace corridor
