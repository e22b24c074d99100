// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "corridor/error.hpp"
#include "corridor/run_options.hpp"
#include "host/reduce/decimal.hpp"

namespace corridor {
namespace {

constexpr std::size_t digits_max = 9;

/// Nine digits of a fraction without the zeros at its end: 995000000 -> "995".
std::string trimmed_digits(std::uint64_t fraction) {
  std::string digits = std::to_string(fraction);
  digits.insert(0, digits_max - digits.size(), '0');
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits;
}

std::uint64_t billionths_or_throw(const std::string& text) {
  if (const auto value = billionths(text)) return *value;
  throw Error(ErrorKind::usage, "level '" + text +
                                    "' is not a decimal between 0 and 1 with at most 9 decimals "
                                    "(it must name an exact rank). Give one such as 0.995");
}

}  // namespace

std::optional<std::uint64_t> billionths(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return std::nullopt;
  if (text.substr(0, point).find_first_not_of('0') != std::string_view::npos) return std::nullopt;
  std::string_view digits = text.substr(point + 1);
  digits = digits.substr(0, digits.find_last_not_of('0') + 1);
  if (digits.empty() || digits.size() > digits_max) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < digits_max; ++i) {
    const char digit = i < digits.size() ? digits[i] : '0';
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return value;
}

Level parse_level(const std::string& text) {
  const std::uint64_t value = billionths_or_throw(text);
  return {"0." + trimmed_digits(value), static_cast<double>(value) / static_cast<double>(billion)};
}

std::uint64_t Level::rank(std::uint64_t years) const {
  const std::uint64_t part = billionths_or_throw(text);
  // 32 bits of years times 30 bits of level stay below 64 bits; more years go by whole billions.
  return (years / billion) * part + ((years % billion) * part + billion - 1) / billion;
}

std::string Level::suffix() const {
  const std::uint64_t part = billionths_or_throw(text);
  const std::uint64_t percent = part / (billion / 100);
  const std::string rest = trimmed_digits((part % (billion / 100)) * 100);
  return std::to_string(percent) + (rest.empty() ? "" : "_" + rest);
}

}  // namespace corridor
