// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/bits.hpp"

namespace corridor {

// A quantile table in octaves of survival: 8 buckets an octave, 40 octaves down to S = 2^-40, in
// each bucket x = intercept + slope * S. The bucket's number is the top bits of S as a float, so a
// look-up is one shift, one load and one fused multiply-add. Bucket 0 is the far tail; bucket 319
// ends at S = 1; bucket 320 is S = 1 itself, the members thinned out by exposure, and holds zero.
inline constexpr int buckets_per_octave_log2 = 3;
inline constexpr int buckets_per_octave = 1 << buckets_per_octave_log2;
inline constexpr int table_octaves = 40;
inline constexpr int sloped_bucket_count = table_octaves * buckets_per_octave;  // 320
inline constexpr int bucket_count = sloped_bucket_count + 1;
inline constexpr int bucket_shift = 23 - buckets_per_octave_log2;
inline constexpr std::uint32_t first_bucket_bits = (127u - table_octaves)
                                                   << buckets_per_octave_log2;

struct alignas(8) Bucket {
  float intercept, slope;
};

/// Bucket of a survival probability in [2^-40, 1].
CORRIDOR_HD std::uint32_t bucket_index(float survival) {
  return (bits_of(survival) >> bucket_shift) - first_bucket_bits;
}

CORRIDOR_HD float quantile(const Bucket* table, float survival) {
  const Bucket bucket = table[bucket_index(survival)];
  return fused(bucket.slope, survival, bucket.intercept);
}

}  // namespace corridor
