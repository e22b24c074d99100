// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/distribution/cost_points.hpp"

#include <cmath>

namespace corridor {

std::vector<CostPoint> cost_points(const ClaimLaw& law) {
  constexpr int slices = 16, halvings = 4;
  std::vector<double> edges;  // of survival, falling
  for (int i = slices; i > 1; --i) edges.push_back(static_cast<double>(i) / slices);
  for (int i = 0; i <= halvings; ++i) edges.push_back(std::ldexp(1.0 / slices, -i));
  edges.push_back(0);
  std::vector<CostPoint> points;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    const double probability = edges[i] - edges[i + 1];
    const double mean = law.quantile_integral(edges[i + 1], edges[i]) / probability;
    if (mean > 0) points.push_back({probability, mean});
  }
  return points;
}

}  // namespace corridor
