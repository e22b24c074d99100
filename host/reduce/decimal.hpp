// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace corridor {

/// A probability in billionths: nine decimals, exact.
inline constexpr std::uint64_t billion = 1'000'000'000;

/// Billionths of a decimal such as "0.995" or ".5"; nothing when the text is no plain decimal
/// strictly between 0 and 1 with at most nine digits that count.
std::optional<std::uint64_t> billionths(std::string_view text);

}  // namespace corridor
