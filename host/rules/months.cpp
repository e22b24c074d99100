// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rules/months.hpp"

#include <algorithm>
#include <cctype>

namespace corridor {

std::optional<int> month_count(std::string_view text) {
  const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int digits[6], *next = digits;
  for (const char& c : text) {
    if (&c == &text[4]) continue;
    if (!digit(c)) return std::nullopt;
    *next++ = c - '0';
  }
  const int year = 1000 * digits[0] + 100 * digits[1] + 10 * digits[2] + digits[3];
  const int month = 10 * digits[4] + digits[5];
  if (month < 1 || month > 12) return std::nullopt;
  return 12 * year + month - 1;
}

Fit fit(const MonthRange& policy, const MonthRange& rule) {
  if (policy.first >= rule.first && policy.last <= rule.last) return Fit::yes;
  return policy.last < rule.first || policy.first > rule.last ? Fit::no : Fit::unknown;
}

}  // namespace corridor
