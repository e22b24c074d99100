// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/quotes.hpp"

namespace corridor {

/// How many exact means were compared, the largest |z|, the limit, and whether they agree: one line.
std::string gate_line(const CredibilityGate& gate);

}  // namespace corridor
