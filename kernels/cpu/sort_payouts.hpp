// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "kernels/lane/cents.hpp"

namespace corridor::cpu {

/// Sorts amounts of 0 or more, ascending, in time linear in their number and in the digits of the
/// largest.
void sort_payouts(std::vector<Cents>& payouts);

}  // namespace corridor::cpu
