// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/result_file.hpp"

namespace corridor {

/// A screen for people: the stress, what changes in the book, and the groups that change most.
std::string scenario_text(const ResultFile& results);

}  // namespace corridor
