// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/decimal_text.hpp"

#include <array>
#include <charconv>

namespace corridor {
namespace {

// A double without exponent has at most 309 digits before the point and 1,074 behind it.
using Buffer = std::array<char, 1400>;

}  // namespace

std::string shortest(double value) {
  Buffer text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string plain(double value) {
  Buffer text;
  return {
      text.data(),
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed).ptr};
}

}  // namespace corridor
