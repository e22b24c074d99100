// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/portfolio.hpp"
#include "host/toml/section.hpp"

namespace corridor {

/// A claim law that a TOML table states: kind, and the kind's attributes and columns as numbers or
/// lists of numbers. What the kind says of them is not checked.
///
/// `path`  before a key in messages
DistributionSpec law_of_table(const toml::table& table, const std::string& path,
                              TomlProblems& problems);

}  // namespace corridor
