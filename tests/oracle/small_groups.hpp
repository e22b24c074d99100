// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/portfolio.hpp"

namespace corridor::oracle {

/// `groups` groups of 10 to 40 members, no two alike, whose terms come from draws of their own:
/// five kinds of laws, scales, part-years, lasers and exclusions, effects of CV 0, 0.2 and 0.4 on
/// severity, frequency or both, a region each, eight contract bases (the aggregate on another one in
/// one group of four), shares, limits on all three bases, aggregating specifics, and all ways of
/// counting but families. A grid of 4 deductibles by 12 corridors.
Portfolio small_groups(std::size_t groups);

}  // namespace corridor::oracle
