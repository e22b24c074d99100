// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace corridor {

/// The shortest decimal that reads back as the same double; "inf", "-inf", "nan".
std::string shortest_text(double value);

/// "1,234,567.50" with `decimals` places; "-" for NaN, "none" for an infinite amount.
std::string money_text(double usd, int decimals = 0);

/// "7.4%", "<0.1%", ">99.9%"; "-" for NaN.
std::string percent_text(double fraction);

/// "1,234,567".
std::string count_text(unsigned long long count);

}  // namespace corridor
