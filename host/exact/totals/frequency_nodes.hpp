// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace corridor {

/// A normal score of a group's effect and its share of the years.
struct FrequencyNode {
  double score = 0;
  double weight = 1;
};

/// Normal scores between which years are summed.
struct ScoreRange {
  double low = -6.5, high = 6.5;
};

/// Gauss-Legendre nodes of a normal score, piece by piece between bends of what is summed,
/// ascending; weights add up to 1.
///
/// `bends`  ascending; those outside the range are left aside
/// `step`   above 0: nodes in the middle of a piece are no farther apart
///
/// On one piece the rule converges geometrically, where a trapezoid over a bend keeps an error of
/// step^2.
std::vector<FrequencyNode> frequency_nodes(const std::vector<double>& bends, ScoreRange range,
                                           double step);

}  // namespace corridor
