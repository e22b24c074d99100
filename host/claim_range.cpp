// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/claim_range.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

double value_at(const Bucket& bucket, double survival) {
  return static_cast<double>(bucket.intercept) + static_cast<double>(bucket.slope) * survival;
}

/// Survival at the lower end of a bucket: 8 steps an octave up from 2^-40.
double lower_edge(int bucket) {
  return std::ldexp(1.0 + (bucket % buckets_per_octave) / double{buckets_per_octave},
                    bucket / buckets_per_octave - table_octaves);
}

}  // namespace

double factor_rung(double factor) {
  constexpr double step = 1.0 / 64, least = 0x1p-120;
  double rung = step;
  while (factor < rung && rung > least) rung *= step;
  return rung;
}

ShareRange paid_share_range(const Basis* basis) {
  if (basis == nullptr) return {};
  double least = 1, most = 0;
  for (std::uint32_t back = 0; back <= basis->prior_years; ++back) {
    const PaidShares& shares = basis->shares[back];
    const double level = static_cast<double>(basis->relative_scale[back]);
    double largest = 0;
    for (std::uint32_t month = 0; month < month_cells; ++month) {
      const double small = static_cast<double>(shares.small[month]);
      const double large = small + static_cast<double>(shares.large_less_small[month]);
      if (large > 0) least = std::min(least, level * large);
      largest = std::max({largest, level * small, level * large});
    }
    most += largest;
  }
  return {least < 1 ? factor_rung(least) : 1, most};
}

void flatten_above(double ceiling, Bucket* table) {
  for (int b = 0; b < sloped_bucket_count; ++b) {
    if (value_at(table[b], lower_edge(b + 1)) <= ceiling) break;
    table[b] = {static_cast<float>(ceiling), 0};
  }
}

double ceiling_usd(double maximum_usd, double rung) {
  // A re-centred frequency effect moves every claim by a factor not known yet, never by half.
  constexpr double margin = 2.0;
  return margin * maximum_usd / rung;
}

}  // namespace corridor
