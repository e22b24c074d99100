// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/exact/lattice/group_families.hpp"

namespace corridor {

/// Of a group's total over all years, what is certain left out, from closed forms at many
/// severities. Errors are the differences to half as many.
struct GroupMoments {
  double mean = 0, sd = 0;
  double mean_error = 0, sd_error = 0;
};
GroupMoments group_moments(const GroupFamilies& group);

}  // namespace corridor
