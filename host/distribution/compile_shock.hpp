// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "kernels/lane/table.hpp"

namespace corridor {

/// The table of a factor that is `factor` with `probability`, from 0 to 1, and else 1. The
/// probability is exact to 2^-40: it is dealt out to whole buckets, widest first, so that no year
/// draws anything between. Which survivals draw which is therefore not in order, and need not be.
std::vector<Bucket> compile_shock(double probability, double factor);

}  // namespace corridor
