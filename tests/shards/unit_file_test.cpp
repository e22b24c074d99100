// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/unit_file.hpp"

#include <gtest/gtest.h>

namespace corridor::shards {
namespace {

const std::string run(64, 'a');

UnitRecord record() {
  UnitRecord result{{"cpu avx2", "host", 1.5, true}, Bytes(200)};
  for (std::size_t i = 0; i < result.payload.size(); ++i) {
    result.payload[i] = static_cast<std::byte>(i * 37);
  }
  return result;
}

TEST(UnitFile, BringsBackPayloadAndOrigin) {
  const auto read = unframed(framed(run, 12, record()), run, 12);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->payload, record().payload);
  EXPECT_EQ(read->origin.device, "cpu avx2");
  EXPECT_EQ(read->origin.host, "host");
  EXPECT_EQ(read->origin.seconds, 1.5);
  EXPECT_TRUE(read->origin.self_checked);
}

TEST(UnitFile, SeesEveryFlippedBit) {
  const Bytes good = framed(run, 12, record());
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes bad = good;
      bad[at] ^= static_cast<std::byte>(1 << bit);
      EXPECT_FALSE(unframed(bad, run, 12)) << "byte " << at << " bit " << bit;
    }
  }
}

TEST(UnitFile, SeesEveryTruncationAndEveryByteMore) {
  Bytes file = framed(run, 12, record());
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_FALSE(unframed(std::span(file).first(size), run, 12)) << size;
  }
  file.push_back(std::byte{0});
  EXPECT_FALSE(unframed(file, run, 12));
}

TEST(UnitFile, BelongsToOneUnitOfOneRun) {
  const Bytes file = framed(run, 12, record());
  EXPECT_FALSE(unframed(file, run, 13));
  EXPECT_FALSE(unframed(file, std::string(64, 'b'), 12));
}

}  // namespace
}  // namespace corridor::shards
