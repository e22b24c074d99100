// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "corridor/scenario.hpp"

namespace corridor {

/// A number in [0, 1) that belongs to a member: the same on every machine and in every run,
/// whatever else is in the book.
///
/// `salt`    what it is drawn for
/// `member`  row among the group's members
double member_uniform(std::string_view salt, std::string_view group_id, std::uint64_t member);

/// Gives shares of some laws' members other laws, one change after the other.
///
/// throws  Error{bad_data} naming the laws that the book does not have
void move_members(const Stress& stress, Portfolio& portfolio);

}  // namespace corridor
