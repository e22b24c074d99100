// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Draws of neighbouring members, years, purposes, groups and seeds have nothing to do with each other.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <vector>

#include "kernels/lane/counter.hpp"
#include "kernels/lane/philox.hpp"

namespace corridor {
namespace {

constexpr std::uint32_t draws = 200'000;
constexpr std::size_t bins = 16;

/// One word of a stream, as the lane would read it.
using Stream = std::function<std::uint32_t(std::uint32_t)>;

StreamKey key_of(const char* id) {
  char padded[group_id_length] = {};
  std::strncpy(padded, id, sizeof padded - 1);
  return stream_key(padded);
}

std::uint32_t word(std::uint64_t seed, Purpose purpose, std::uint32_t year, std::uint32_t member,
                   StreamKey key) {
  return philox(counter_of(purpose, year, member, key), round_keys(seed)).w[member % 4];
}

struct Pair {
  const char* name;
  Stream one, other;
};

double uniform(std::uint32_t bits) { return (bits + 0.5) * 0x1p-32; }

/// Correlation in standard errors; under independence a standard normal.
double correlation(const Pair& pair) {
  double sum = 0;
  for (std::uint32_t i = 0; i < draws; ++i) {
    sum += (uniform(pair.one(i)) - 0.5) * (uniform(pair.other(i)) - 0.5);
  }
  return 12 * sum / std::sqrt(static_cast<double>(draws));
}

/// Chi-square of the joint law in 16 x 16 cells, less its mean of 255, in its standard deviations.
double joint(const Pair& pair) {
  std::array<std::uint32_t, bins * bins> counts{};
  for (std::uint32_t i = 0; i < draws; ++i) {
    ++counts[(pair.one(i) >> 28) * bins + (pair.other(i) >> 28)];
  }
  const double expected = static_cast<double>(draws) / counts.size();
  double square = 0;
  for (const std::uint32_t count : counts) {
    square += (count - expected) * (count - expected) / expected;
  }
  const double degrees = counts.size() - 1;
  return (square - degrees) / std::sqrt(2 * degrees);
}

std::vector<Pair> neighbours() {
  const StreamKey a = key_of("G1"), b = key_of("G2");
  const auto year = [=](std::uint64_t seed, std::uint32_t shift, std::uint32_t member,
                        Purpose purpose, StreamKey key) -> Stream {
    return [=](std::uint32_t i) { return word(seed, purpose, i + shift, member, key); };
  };
  const auto members = [=](std::uint32_t shift) -> Stream {
    return [=](std::uint32_t i) { return word(1, Purpose::claim, 7, i + shift, a); };
  };
  const Stream plain = year(1, 0, 0, Purpose::claim, a);
  return {{"words of one call", plain, year(1, 0, 1, Purpose::claim, a)},
          {"members of neighbouring calls", plain, year(1, 0, 4, Purpose::claim, a)},
          {"neighbouring years", plain, year(1, 1, 0, Purpose::claim, a)},
          {"claims and their tails", plain, year(1, 0, 0, Purpose::claim_tail, a)},
          {"claims and the group's effect", plain, year(1, 0, 0, Purpose::group_effect, a)},
          {"claims and last year's", plain, year(1, 0, 0, claim_purpose(Purpose::claim, 1), a)},
          {"two groups", plain, year(1, 0, 0, Purpose::claim, b)},
          {"neighbouring seeds", plain, year(2, 0, 0, Purpose::claim, a)},
          {"seeds apart in the high half", plain, year(1 + (1ull << 32), 0, 0, Purpose::claim, a)},
          {"neighbouring members", members(0), members(1)},
          {"members four apart", members(0), members(4)}};
}

TEST(Streams, OfNeighboursAreUncorrelated) {
  for (const Pair& pair : neighbours()) EXPECT_LT(std::abs(correlation(pair)), 4.5) << pair.name;
}

TEST(Streams, OfNeighboursFallIntoEveryPairOfBinsAlike) {
  for (const Pair& pair : neighbours()) EXPECT_LT(std::abs(joint(pair)), 5) << pair.name;
}

TEST(Streams, ThatDependAreSeen) {
  const Stream one = neighbours()[0].one;
  const Pair same{"itself", one, [=](std::uint32_t i) { return one(i) ^ 0x00ff'ffff; }};
  EXPECT_GT(std::abs(correlation(same)), 100);
  EXPECT_GT(joint(same), 1'000);
}

}  // namespace
}  // namespace corridor
