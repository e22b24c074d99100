// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/cents.hpp"

namespace corridor {

/// A layer of what the specific pays for each person, before an aggregating specific:
/// min(max(payout - attachment, 0), limit), all persons of a year together.
struct PersonLayer {
  Cents attachment = 0;
  Cents limit = unlimited;
  std::uint16_t captive = 0;  ///< groups of this number alone; 0: every group
};

}  // namespace corridor
