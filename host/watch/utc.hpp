// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace corridor {

/// UTC in whole seconds, "2026-01-31T23:59:59Z".
std::string utc_text(std::chrono::system_clock::time_point time);

}  // namespace corridor
