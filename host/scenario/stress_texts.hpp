// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace corridor {

/// A file of data/scenarios: its name without the ending, and its text.
struct StressText {
  std::string_view name, text;
};
std::span<const StressText> stress_texts();

}  // namespace corridor
