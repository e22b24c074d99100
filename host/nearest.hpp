// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace corridor {

/// The candidate with the fewest edits from `word`, for "did you mean"; "" when none is close.
std::string nearest_name(std::string_view word, std::span<const std::string> candidates);

}  // namespace corridor
