// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "corridor/treaties.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// Dollars of a person's payout of which treaties together take more than all.
struct OverCession {
  std::size_t treaty = 0;     ///< of the programme: the first to take what is no longer there
  double taken = 0;           ///< part of each dollar, with this treaty
  Cents from = 0, to = 0;     ///< where it first happens
  std::uint16_t captive = 0;  ///< of the person's group
};

/// At most one a treaty. Expects the programme's order and at most 255 treaties.
std::vector<OverCession> over_cessions(const Programme& programme);

}  // namespace corridor
