// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/error.hpp"
#include "corridor/quotes.hpp"

namespace corridor::cli {

/// Says up to ten warnings on stderr, and how many more there are.
void say_warnings(const std::vector<Problem>& warnings, const std::string& book);

/// Exit code of a run: 0, or 1 with the cells that fail on stderr. Results are written either way, to
/// be looked at.
int gate_code(const CredibilityGate& gate);

}  // namespace corridor::cli
