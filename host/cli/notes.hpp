// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/error.hpp"

namespace corridor::cli {

/// Says up to ten warnings on stderr, and how many more there are.
void say_warnings(const std::vector<Problem>& warnings, const std::string& book);

}  // namespace corridor::cli
