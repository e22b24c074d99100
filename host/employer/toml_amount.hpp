// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "corridor/employer.hpp"
#include "host/toml/section.hpp"

namespace corridor {

/// Largest amount per employee and month.
inline constexpr double pepm_most = 100'000;

/// `<stem>_usd` for the policy's months or `<stem>_pepm`, without a stem `usd` or `pepm`; a problem
/// where both stand.
std::optional<YearlyAmount> yearly_amount(TomlSection& section, const std::string& stem);
YearlyAmount required_yearly_amount(TomlSection& section, const std::string& stem);

}  // namespace corridor
