// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "corridor/layers.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// Expected losses of each layer and group, over all effects, from the laws of the tables. Expects
/// one job a group and at most layers_most layers.
///
/// returns  [job][layer] dollars a year
std::vector<std::vector<double>> exact_layers(const Book& book, std::span<const ClaimLayer> layers);

}  // namespace corridor
