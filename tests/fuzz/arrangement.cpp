// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/employer.hpp"

#include "tests/fuzz/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  return corridor::fuzz::with_text(
      bytes, size, [](const std::string& text) { corridor::parse_arrangement(text, "employer.toml"); });
}
