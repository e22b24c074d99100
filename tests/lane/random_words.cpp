// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Words of claims without end on standard output, member by member and year by year as the lane draws
// them, for programs that judge generators. usage: random_words SEED
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "kernels/lane/counter.hpp"
#include "kernels/lane/philox.hpp"

int main(int argc, char** argv) {
  const std::uint64_t seed = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
  const corridor::RoundKeys keys = corridor::round_keys(seed);
  const corridor::StreamKey key{17, 4};
  std::vector<std::uint32_t> words;
  for (std::uint32_t year = 0;; ++year) {
    words.clear();
    for (std::uint32_t member = 0; member < 256; member += 4) {
      const auto call = corridor::philox(
          corridor::counter_of(corridor::Purpose::claim, year, member, key), keys);
      for (std::size_t i = 0; i < 4; ++i) words.push_back(call.w[i]);
    }
    if (std::fwrite(words.data(), sizeof words[0], words.size(), stdout) != words.size()) return 0;
  }
}
