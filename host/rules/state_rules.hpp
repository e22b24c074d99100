// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace corridor {

/// data/rules/state_rules.csv as of the build.
extern const std::string_view state_rules_text;

}  // namespace corridor
