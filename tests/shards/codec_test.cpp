// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/codec.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace corridor::shards {
namespace {

struct Pair {
  std::string name;
  std::vector<double> values;
};

template <class Archive, class Value>
  requires std::same_as<std::remove_const_t<Value>, Pair>
void fields(Archive& archive, Value& value) {
  auto& [name, values] = value;
  archive(name, values);
}

Bytes sample() {
  Writer write;
  write(std::uint8_t{7}, std::int64_t{-5}, true, std::string("group"),
        std::vector<Pair>{{"a", {1.5, -0.0}}, {"", {}}});
  return write.take();
}

TEST(Codec, BringsBackWhatWasWritten) {
  const Bytes bytes = sample();
  Reader read(bytes);
  std::uint8_t small = 0;
  std::int64_t amount = 0;
  bool yes = false;
  std::string text;
  std::vector<Pair> pairs;
  read(small, amount, yes, text, pairs);
  EXPECT_EQ(small, 7);
  EXPECT_EQ(amount, -5);
  EXPECT_TRUE(yes);
  EXPECT_EQ(text, "group");
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].name, "a");
  EXPECT_EQ(pairs[0].values[0], 1.5);
  EXPECT_TRUE(std::signbit(pairs[0].values[1]));
  EXPECT_TRUE(pairs[1].values.empty());
  EXPECT_NO_THROW(read.require_end());
}

TEST(Codec, KeepsTheBitsOfEveryDouble) {
  const std::uint64_t odd_nan = 0x7ff8000000001234;
  Writer write;
  write(std::bit_cast<double>(odd_nan), std::numeric_limits<double>::denorm_min());
  Reader read(write.bytes());
  double nan = 0, least = 0;
  read(nan, least);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(nan), odd_nan);
  EXPECT_EQ(least, std::numeric_limits<double>::denorm_min());
}

TEST(Codec, RefusesBytesThatEndEarlyAtEveryLength) {
  const Bytes bytes = sample();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Reader read{std::span<const std::byte>(bytes).first(size)};
    std::uint8_t small = 0;
    std::int64_t amount = 0;
    bool yes = false;
    std::string text;
    std::vector<Pair> pairs;
    EXPECT_THROW(read(small, amount, yes, text, pairs), Error) << size;
  }
}

TEST(Codec, AllocatesNothingForALengthThatIsNotThere) {
  Writer write;
  write(std::uint64_t{1} << 60);
  Reader read(write.bytes());
  std::vector<double> values;
  EXPECT_THROW(read(values), Error);
  EXPECT_EQ(values.capacity(), 0u);
}

TEST(Codec, RefusesABoolThatIsNone) {
  const Bytes bytes{std::byte{2}};
  Reader read(bytes);
  bool yes = false;
  EXPECT_THROW(read(yes), Error);
}

TEST(Codec, RefusesBytesThatAreLeftOver) {
  const Bytes bytes(3);
  Reader read(bytes);
  std::uint8_t small = 0;
  read(small);
  EXPECT_THROW(read.require_end(), Error);
}

}  // namespace
}  // namespace corridor::shards
