// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/effect_nodes.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr double step_max = 0.6, step_min = 0.02, steps_per_width = 1.2, reach = 7;

double node_step(double conditional_cv, double sigma, double step_factor) {
  return step_factor * std::clamp(steps_per_width * conditional_cv / sigma, step_min, step_max);
}

}  // namespace

EffectReach effect_reach(double sigma) {
  if (sigma <= 0) return {};
  return {-reach - step_max, reach + 2 * sigma + step_max};
}

std::vector<EffectNode> effect_nodes(const YearSlice& slice, double conditional_cv,
                                     double step_factor) {
  if (slice.sigma <= 0) return {{slice.log_severity, 1}};
  const double step = node_step(conditional_cv, slice.sigma, step_factor);
  const int below = static_cast<int>(std::ceil(reach / step));
  const int above = static_cast<int>(std::ceil((reach + 2 * slice.sigma) / step));
  std::vector<EffectNode> nodes;
  double whole = 0;
  for (int i = -below; i <= above; ++i) {
    const double score = i * step, density = std::exp(-score * score / 2);
    nodes.push_back({slice.log_severity + slice.sigma * score, density});
    whole += density;
  }
  for (EffectNode& node : nodes) node.weight /= whole;
  return nodes;
}

}  // namespace corridor
