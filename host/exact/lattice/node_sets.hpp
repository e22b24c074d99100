// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/capped/effect_nodes.hpp"
#include "host/exact/lattice/group_families.hpp"

namespace corridor {

using SliceNodes = std::vector<std::vector<EffectNode>>;  ///< [slice][node]

/// Nodes as of `effect_nodes` and those halfway between, as dense as each other.
struct TwoNodeSets {
  SliceNodes main, between;
};

/// For the law of a total; `density` 1, 2, 4, ... halves their distances. Nodes in years so rare
/// that nothing asked of a total sees them are left out. Claims that are not `smooth` on the scale of
/// the nodes get more of them.
TwoNodeSets node_sets(const GroupFamilies& group, double density, bool smooth);

/// For mean and variance, all years.
SliceNodes moment_nodes(const GroupFamilies& group);

/// Every second of each slice's nodes.
SliceNodes every_second(const SliceNodes& nodes);

}  // namespace corridor
