// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/treaties.hpp"

namespace corridor {

/// [treaty] part of every claim, and of the premium, that quota shares of lower order leave.
/// Expects the programme's order.
std::vector<double> parts_left(const Programme& programme);

}  // namespace corridor
