// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lane/philox.hpp"

namespace corridor {

/// What a draw is for. The list only grows: a number is never given a second meaning, so an old
/// result can always be drawn again.
enum class Purpose : std::uint32_t {
  claim = 0,        ///< a member's annual claims; member i reads word i % 4 of call i / 4
  claim_tail = 1,   ///< further bits of a claim whose survival is below 2^-14
  claim_month = 2,  ///< incurral month of a claim whose spare bits the tail has taken
  // 3 to 11: the same three for the first, second and third year before the policy's
  group_effect = 16,      ///< the lasting part of the group effect
  book_effect = 17,       ///< z = w = 0
  region_effect = 18,     ///< z = key, w = 0
  industry_effect = 19,   ///< z = key, w = 0
  pandemic = 20,          ///< z = w = 0: what moves everybody's claim frequency in the same years
  group_effect_year = 21,  ///< the part of the group effect that is new every year; 22 to 24: of the
                           ///< three years before the policy's
  layer_claim = 32,  ///< persons above a layer's attachment; call n is the n-th of them
  layer_book = 33    ///< whose claims a year of several groups has; one call a group
};

/// A group's part of the counter: a 64-bit hash of its id.
struct StreamKey {
  std::uint32_t low = 0, high = 0;
};

inline constexpr std::uint32_t members_per_group_max = 1u << 26;
inline constexpr std::size_t group_id_length = 32;

CORRIDOR_HD std::uint32_t counter_y(Purpose purpose, std::uint32_t member) {
  return static_cast<std::uint32_t>(purpose) << 24 | member >> 2;
}

/// The counter of `member`'s call in `year`; the member reads word member % 4 of it.
CORRIDOR_HD Counter counter_of(Purpose purpose, std::uint32_t year, std::uint32_t member,
                               StreamKey key) {
  return Counter{year, counter_y(purpose, member), key.low, key.high};
}

/// The purpose of `purpose` in the year `back` years before the policy's.
CORRIDOR_HD Purpose claim_purpose(Purpose purpose, std::uint32_t back) {
  return static_cast<Purpose>(static_cast<std::uint32_t>(purpose) + 3 * back);
}

/// FNV-1a over the 32 zero-padded bytes of a group id, then murmur3's 64-bit finaliser.
CORRIDOR_HD StreamKey stream_key(const char (&group_id)[group_id_length]) {
  std::uint64_t hash = 14695981039346656037ull;
  for (std::size_t i = 0; i < group_id_length; ++i) {
    hash = (hash ^ static_cast<unsigned char>(group_id[i])) * 1099511628211ull;
  }
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdull;
  hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53ull;
  hash ^= hash >> 33;
  return {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
}

}  // namespace corridor
