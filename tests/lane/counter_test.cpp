// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/lane/counter.hpp"

#include <gmock/gmock.h>

#include <cstring>
#include <set>
#include <string>

namespace corridor {
namespace {

StreamKey key_of(const std::string& id) {
  char bytes[group_id_length] = {};
  std::memcpy(bytes, id.data(), id.size());
  return stream_key(bytes);
}

/// FNV-1a and the murmur3 finaliser step by step in 128 bits, so that no wrap-around is implied.
std::uint64_t hash_in_wide_arithmetic(const std::string& id) {
  __extension__ using Wide = unsigned __int128;
  const Wide modulus = Wide{1} << 64;
  Wide hash = 0xcbf29ce484222325u;  // the FNV offset basis in hexadecimal
  const Wide prime = (Wide{1} << 40) + 0x1b3;
  for (std::size_t i = 0; i < 32; ++i) {
    const unsigned byte = i < id.size() ? static_cast<unsigned char>(id[i]) : 0u;
    hash = (hash ^ byte) * prime % modulus;
  }
  const auto fold = [](Wide h) { return h ^ (h >> 33); };
  hash = fold(hash) * 0xff51afd7ed558ccdu % modulus;
  hash = fold(hash) * 0xc4ceb9fe1a85ec53u % modulus;
  return static_cast<std::uint64_t>(fold(hash));
}

TEST(StreamKey, IsFnv1aOfThePaddedIdThenMurmursFinaliser) {
  for (const std::string id :
       {"", "G1", "Acme Widgets", "01234567890123456789012345678901", "\xc3\xa9t\xc3\xa9"}) {
    const StreamKey key = key_of(id);
    EXPECT_EQ(std::uint64_t{key.high} << 32 | key.low, hash_in_wide_arithmetic(id)) << id;
  }
}

TEST(StreamKey, SeparatesTenThousandNumberedGroups) {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 10'000; ++i) {
    const StreamKey key = key_of("G" + std::to_string(i));
    seen.insert(std::uint64_t{key.high} << 32 | key.low);
  }
  EXPECT_EQ(seen.size(), 10'000u);
}

TEST(Counter, HoldsYearPurposeCallAndKey) {
  const Counter counter = counter_of(Purpose::claim_tail, 77, 4 * 1000 + 3, {11, 22});
  EXPECT_EQ(counter.x, 77u);
  EXPECT_EQ(counter.y, 1u << 24 | 1000u);
  EXPECT_EQ(counter.z, 11u);
  EXPECT_EQ(counter.w, 22u);
}

TEST(Counter, GivesTheLastMemberOfTheLargestGroupACallBelowThePurpose) {
  EXPECT_EQ(counter_y(Purpose::claim, members_per_group_max - 1) >> 24, 0u);
}

TEST(Purpose, KeepsItsPublishedNumbers) {
  EXPECT_EQ(static_cast<int>(Purpose::claim), 0);
  EXPECT_EQ(static_cast<int>(Purpose::claim_tail), 1);
  EXPECT_EQ(static_cast<int>(Purpose::claim_month), 2);
  EXPECT_EQ(static_cast<int>(Purpose::group_effect), 16);
  EXPECT_EQ(static_cast<int>(Purpose::book_effect), 17);
  EXPECT_EQ(static_cast<int>(Purpose::region_effect), 18);
  EXPECT_EQ(static_cast<int>(Purpose::industry_effect), 19);
  EXPECT_EQ(static_cast<int>(Purpose::pandemic), 20);
  EXPECT_EQ(static_cast<int>(Purpose::group_effect_year), 21);
  EXPECT_EQ(static_cast<int>(Purpose::layer_claim), 32);
  EXPECT_EQ(static_cast<int>(Purpose::layer_book), 33);
}

}  // namespace
}  // namespace corridor
