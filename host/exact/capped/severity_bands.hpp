// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/capped/capped_persons.hpp"
#include "host/exact/capped/effect_nodes.hpp"

namespace corridor {

/// A node of the effect with what its conditional law needs. Amounts in units, less what is
/// certain.
struct SeverityNode {
  EffectNode node;
  NodeMoments moments;
  std::vector<double> kind_means;  ///< [kind], in units of its limit
  double low, high;                ///< all but a share of 1e-13 of all years lies between
  double last_frequency;           ///< about where its characteristic function ends
};

/// Neighbouring nodes that share a period, and so their frequencies 2 pi k / period.
struct SeverityBand {
  std::size_t first, last;  ///< nodes, `last` excluded
  double origin, width;     ///< amounts lie within `width` above the origin
  double period;
};

/// What nodes with their conditional moments need. The ends come from Bennett's inequality above
/// and its counterpart for sums of nonnegative terms below, so that they hold for any law.
/// Source: Boucheron, Lugosi, Massart, Concentration Inequalities (2013), theorem 2.9,
/// exercise 2.9.
std::vector<SeverityNode> severity_nodes(const CappedPersons& persons,
                                         const std::vector<EffectNode>& nodes);

/// The split into bands that costs least work: one period for all would have to hold the widest
/// law at the frequencies of the narrowest; one each would tabulate the same rows for every node.
std::vector<SeverityBand> severity_bands(const CappedPersons& persons,
                                         const std::vector<SeverityNode>& nodes);

/// What may lie beyond the ends of all nodes, as a probability.
inline constexpr double probability_beyond = 1e-13;

}  // namespace corridor
