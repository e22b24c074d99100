// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/result_file.hpp"

namespace corridor {

/// A screen for people: who was simulated, then the main figures of each table that is there.
/// Tables and columns that are not known, or not there, are left out.
std::string result_text(const ResultFile& results);

}  // namespace corridor
