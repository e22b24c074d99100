// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>

#include "tests/distribution/cms_2015.hpp"
#include "tests/distribution/cms_2026.hpp"
#include "tests/distribution/specs.hpp"

namespace corridor {

/// The tier's published table as it stands.
inline DistributionSpec cms_2026_law(std::size_t tier, const Numbers& tail = {}) {
  Numbers columns;
  for (const cms_2026::Row& row : cms_2026::rows) {
    columns["upper_usd"].push_back(row.upper_usd);
    columns["probability"].push_back(row.tier[tier].probability);
    columns["mean_usd"].push_back(row.tier[tier].mean_usd);
  }
  return table_of("continuance", columns, tail);
}

/// The tail of the sample books in 2026 dollars, data/tables/law_tail_2026.csv.
inline Numbers sample_tail() {
  return {{"tail_from_usd", {50e3, 100e3, 250e3, 1e6}}, {"tail_alpha", {1.464, 1.87, 2.00, 2.20}}};
}

inline constexpr std::size_t silver = 1;

inline DistributionSpec cms_2015_law(std::size_t curve) {
  Numbers columns;
  for (const cms_2015::Row& row : cms_2015::rows) {
    columns["threshold_usd"].push_back(row.threshold_usd);
    columns["limited_expected_value_usd"].push_back(row.limited_expected_value_usd[curve]);
  }
  return table_of("excess_curve", columns);
}

}  // namespace corridor
