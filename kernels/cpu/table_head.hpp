// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "kernels/lane/table.hpp"

namespace corridor::cpu {

/// Buckets of a head: survival from 2^-8 to 1, which is 255 draws in 256.
inline constexpr std::uint32_t head_buckets = 64;

/// Top bits of the first survival in a head.
inline constexpr std::uint32_t first_head_bits =
    first_bucket_bits + sloped_bucket_count - head_buckets;

/// The likely buckets of a table laid out for look-ups in registers. Bucket with top bits b stands
/// at b % head_buckets. Slopes are those of survival * 2^32, in which a draw's word is a whole
/// number.
struct alignas(64) TableHead {
  float intercept[head_buckets];
  float slope[head_buckets];
};

/// Whether `slope` can stand at 2^-32 of its size beside `intercept` without changing a look-up: it
/// keeps all its bits, or is far below the intercept's last one.
inline bool scales_exactly(const Bucket& bucket) {
  const float scaled = bucket.slope * 0x1p-32f;
  return scaled * 0x1p32f == bucket.slope || std::fabs(bucket.intercept) >= 0x1p-60f;
}

/// Fills `head`; false where a slope cannot be scaled, so that the head must not be used. No law in
/// dollars has such a slope.
inline bool make_head(const Bucket* table, TableHead& head) {
  bool exact = true;
  for (std::uint32_t b = first_head_bits; b < first_head_bits + head_buckets; ++b) {
    const Bucket bucket = table[b - first_bucket_bits];
    exact = exact && scales_exactly(bucket);
    head.intercept[b % head_buckets] = bucket.intercept;
    head.slope[b % head_buckets] = bucket.slope * 0x1p-32f;
  }
  return exact;
}

}  // namespace corridor::cpu
