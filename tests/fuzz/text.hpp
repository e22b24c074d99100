// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "corridor/error.hpp"

namespace corridor::fuzz {

/// Gives the bytes to a parser as text. It may refuse them in one way only: an Error that is not about
/// a bug; anything else that it throws ends the program, which is what the fuzzer looks for.
template <class Parse>
int with_text(const std::uint8_t* bytes, std::size_t size, Parse&& parse) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  try {
    parse(text);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::internal || *error.what() == '\0') __builtin_trap();
  }
  return 0;
}

}  // namespace corridor::fuzz
