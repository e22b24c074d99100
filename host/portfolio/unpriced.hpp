// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace corridor {

/// A contract feature that a book may ask for and this version does not price. A book that asks is
/// refused: a price that leaves the feature out would look right and be wrong.
struct UnpricedFeature {
  const char* column;   ///< of /groups
  double neutral;       ///< the value that does not ask; NaN means NaN
  unsigned bits;        ///< where not 0: these bits of the code ask, whatever the others say
  const char* feature;  ///< "run-in claims"
};

/// Delete a row when the feature is priced.
std::span<const UnpricedFeature> unpriced_features();

/// Bits of the column's code that the format knows and this version does not price.
unsigned unpriced_bits(std::string_view column);

bool asks(const UnpricedFeature& feature, double value);

}  // namespace corridor
