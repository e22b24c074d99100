// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Simulates a group of 250 members for a number of years, for tools that count instructions:
//   lane_budget INSTRUCTION_SET YEARS
#include <cstdlib>
#include <iostream>

#include "kernels/cpu/backend.hpp"
#include "tests/lane/made_up.hpp"

int main(int argc, char** argv) {
  using namespace corridor;
  if (argc != 3) return 64;
  const auto years = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  made_up::Group group = made_up::plain_group(250, 8, 50'000);
  made_up::add_group_effect(group);
  std::vector<Cents> sums(std::size_t{9} * years);
  cpu::make_backend({1, argv[1], 0}, made_up::tables().set())
      ->simulate(group.view(), 1, 0, years, {sums.data(), years});
  std::cout << sums.back() << '\n';
  return 0;
}
