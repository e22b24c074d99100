// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/curand_philox.hpp"

#include <gtest/gtest.h>

#include <random>

namespace corridor {
namespace {

/// cuRAND's own function, keys and all.
Words curand_words(Counter counter, std::uint64_t seed) {
  const uint2 key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
  const uint4 words =
      cuda::curand::curand_Philox4x32_10(uint4{counter.x, counter.y, counter.z, counter.w}, key);
  return {{words.x, words.y, words.z, words.w}};
}

void expect_same(const Words& a, const Words& b) {
  for (int i = 0; i < 4; ++i) ASSERT_EQ(a.w[i], b.w[i]);
}

TEST(CurandPhilox, IsTheStreamOfTheLaneForAnyCounterAndSeed) {
  std::mt19937_64 rng(11);
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t low = rng(), high = rng(), seed = rng();
    const Counter counter{static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(low >> 32),
                          static_cast<std::uint32_t>(high), static_cast<std::uint32_t>(high >> 32)};
    const RoundKeys keys = round_keys(seed);
    const Words words = curand_words(counter, seed);
    expect_same(words, philox(counter, keys));
    expect_same(words, cuda::CurandPhilox{keys}(counter));
  }
}

TEST(CurandPhilox, GivesRandom123sKnownAnswers) {
  constexpr std::uint32_t ones = 0xffffffffu;
  expect_same(curand_words({0, 0, 0, 0}, 0),
              {{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}});
  expect_same(curand_words({ones, ones, ones, ones}, ~0ull),
              {{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}});
  expect_same(
      curand_words({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}, 0x299f31d0a4093822ull),
      {{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u}});
}

}  // namespace
}  // namespace corridor
