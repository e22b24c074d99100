// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/mutants/mutate.hpp"

namespace corridor::tests {

/// What became of one damaged book.
enum class Outcome : std::uint8_t {
  not_tried,
  refused,    ///< an error was given
  same,       ///< taken, with the content and the price of the whole file
  changed,    ///< taken, with other content
  repriced,   ///< taken with the same digest, and priced otherwise
  no_memory,  ///< the parser asked for more memory than it may have
  died        ///< the process that looked at it died
};

struct Record {
  Outcome outcome = Outcome::not_tried;
  float seconds = 0;  ///< of the processor
};

struct Trial {
  std::vector<Bytes> files;  ///< damaged in turn
  std::string kind;
  std::uint64_t seed = 1, count = 0;
  bool prices = false;  ///< price what is taken, and compare with the whole file
};

/// Damages and reads `count` books in child processes that parse in themselves, a thousand each, and
/// begins a new child where one dies. [count] records, in the order of the numbers.
std::vector<Record> try_in_process(const Trial& trial);

/// The same for chosen numbers, each in a child of its own that reads as the program does: through
/// the helper with its limits. Only a child that ends by itself is not `died`.
std::vector<Record> try_as_the_program(const Trial& trial,
                                       const std::vector<std::uint64_t>& numbers);

}  // namespace corridor::tests
