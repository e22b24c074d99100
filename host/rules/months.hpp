// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace corridor {

/// Months from first to last, counted from year 0; open ends are infinite.
struct MonthRange {
  int first, last;

  static constexpr int earliest = -1'000'000, latest = 1'000'000;
  static constexpr MonthRange always() { return {earliest, latest}; }
};

/// Yes, no, or the book does not say.
enum class Fit { no, unknown, yes };

/// "2026-07" as a count; nothing for another form.
std::optional<int> month_count(std::string_view text);

/// Whether a policy that begins somewhere in `policy` begins within `rule`.
Fit fit(const MonthRange& policy, const MonthRange& rule);

}  // namespace corridor
