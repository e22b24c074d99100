// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/lane/philox.hpp"

#include <gmock/gmock.h>

#include <array>
#include <random>

#include "tests/lane/other_philox.hpp"

namespace corridor {
namespace {

using testing::ElementsAreArray;

struct KnownAnswer {
  Counter counter;
  std::uint32_t key_low, key_high;
  std::array<std::uint32_t, 4> words;
};

/// Source: the file kat_vectors of Random123 1.14, lines "philox4x32 10".
const KnownAnswer known_answers[] = {
    {{0, 0, 0, 0}, 0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     0xffffffff,
     0xffffffff,
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     0xa4093822,
     0x299f31d0,
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

RoundKeys keys_of(std::uint32_t low, std::uint32_t high) {
  return round_keys(std::uint64_t{high} << 32 | low);
}

TEST(Philox, GivesTheKnownAnswers) {
  for (const KnownAnswer& known : known_answers) {
    const Words words = philox(known.counter, keys_of(known.key_low, known.key_high));
    EXPECT_THAT(words.w, ElementsAreArray(known.words));
  }
}

/// Calls check(counter, key low, key high) for `count` random arguments.
template <class Check>
void for_random_calls(int count, Check&& check) {
  std::mt19937 rng(1);
  const auto word = [&] { return static_cast<std::uint32_t>(rng()); };
  for (int i = 0; i < count; ++i) {
    const Counter counter{word(), word(), word(), word()};
    const std::uint32_t low = word(), high = word();
    check(counter, low, high);
  }
}

TEST(Philox, AgreesWithRandom123) {
  for_random_calls(100'000, [](Counter counter, std::uint32_t low, std::uint32_t high) {
    ASSERT_THAT(philox(counter, keys_of(low, high)).w,
                ElementsAreArray(random123_philox(counter, low, high).w));
  });
}

TEST(Philox, AgreesWithCurand) {
  if (!has_curand_philox()) GTEST_SKIP() << "built without the CUDA headers";
  for_random_calls(100'000, [](Counter counter, std::uint32_t low, std::uint32_t high) {
    ASSERT_THAT(philox(counter, keys_of(low, high)).w,
                ElementsAreArray(curand_philox(counter, low, high).w));
  });
}

TEST(Philox, TakesTheLowHalfOfTheSeedAsFirstKey) {
  const RoundKeys keys = round_keys(0x1122334455667788);
  EXPECT_EQ(keys.low[0], 0x55667788u);
  EXPECT_EQ(keys.high[0], 0x11223344u);
}

}  // namespace
}  // namespace corridor
