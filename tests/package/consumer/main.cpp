// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "corridor/corridor.hpp"

int main(int, char** argv) {
  corridor::RunOptions options;
  options.years = 1000;
  const corridor::Quotes quotes = corridor::price_book(argv[1], options);
  std::printf("%zu rows, first premium %.2f USD\n", quotes.rows,
              quotes.number("premium_expected_value_usd", 0));
}
