// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace corridor::cli {

/// The candidate that `typed` most likely meant: fewest letters added, dropped, changed or swapped.
/// "" when none is closer than a third of the longer word (at least two letters).
std::string nearest_name(std::string_view typed, const std::vector<std::string>& candidates);

}  // namespace corridor::cli
