// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/distribution/compile_shock.hpp"

#include "host/distribution/table_lines.hpp"

namespace corridor {

std::vector<Bucket> compile_shock(double probability, double factor) {
  std::vector<Bucket> buckets(bucket_count, Bucket{1, 0});
  // Every octave has eight buckets, half as wide as those of the one above: what the widest leave
  // over is less than one of them, and so on down. Edges and what is left are exact in double.
  double left = probability;
  for (int b = sloped_bucket_count - 1; b >= 0; --b) {
    const double width = bucket_edge(b + 1) - (b == 0 ? 0 : bucket_edge(b));
    if (width > left) continue;
    buckets[static_cast<std::size_t>(b)].intercept = static_cast<float>(factor);
    left -= width;
  }
  buckets.back() = buckets[sloped_bucket_count - 1];
  return buckets;
}

}  // namespace corridor
