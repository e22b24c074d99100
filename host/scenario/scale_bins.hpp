// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

/// Members of one law whose scales lie within a quarter octave.
struct ScaleBin {
  std::uint16_t law = 0;               ///< index
  int quarter = 0;                     ///< scales from 2^(quarter/4) up to 2^((quarter+1)/4)
  double scale = 1;                    ///< mean, weighted by exposure
  std::vector<std::uint64_t> members;  ///< rows
};

/// All members, by law and then by scale. A member's own law multiplied by the member's scale is in
/// dollars; what is given in dollars and divided by the bin's scale is right in the bin's mean.
std::vector<ScaleBin> scale_bins(const Portfolio& portfolio);

/// The quarter octave of a scale above 0: the same on every machine.
int quarter_octave(double scale);

}  // namespace corridor
