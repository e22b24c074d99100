// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace corridor {
namespace {

/// Commas between thousands of the digits before the point.
std::string separated(std::string text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > first + 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

}  // namespace

std::string shortest_text(double value) {
  if (std::isnan(value)) return "nan";
  std::array<char, 32> text;
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), result.ptr};
}

std::string money_text(double usd, int decimals) {
  if (std::isnan(usd)) return "-";
  if (std::isinf(usd)) return "none";
  std::array<char, 400> text;
  const auto result = std::to_chars(text.data(), text.data() + text.size(), usd,
                                    std::chars_format::fixed, decimals);
  return separated({text.data(), result.ptr});
}

std::string percent_text(double fraction) {
  if (std::isnan(fraction)) return "-";
  if (fraction > 0 && fraction < 0.0005) return "<0.1%";
  if (fraction < 1 && fraction > 0.9995) return ">99.9%";
  return money_text(fraction * 100, 1) + "%";
}

std::string count_text(unsigned long long count) { return separated(std::to_string(count)); }

}  // namespace corridor
