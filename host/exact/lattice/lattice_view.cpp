// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/lattice_view.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

NodePlan planned(const GroupFamilies& group, const SliceNodes& nodes, const LatticeSetting& setting,
                 LatticeRows& rows, MergedStore& merged) {
  NodePlan plan(group, setting, rows, merged);
  for (std::size_t i = 0; i < group.slices.size(); ++i) plan.add(group.slices[i], nodes[i]);
  return plan;
}

/// Chunk by chunk, so that the rows' part of a chunk serves every node from the cache.
Spectrum transform_of(std::span<const NodeTerms> nodes, std::size_t frequencies) {
  Spectrum sum(frequencies);
  for (std::size_t first = 0; first < frequencies; first += node_chunk) {
    const std::size_t count = std::min(node_chunk, frequencies - first);
    for (const NodeTerms& node : nodes) {
      add_transform(node, first, count, {sum.re.data() + first, sum.im.data() + first});
    }
  }
  return sum;
}

std::vector<double> mass_of(std::span<const NodeTerms> nodes, const LatticeShape& shape) {
  RealTransform transform(shape.points);
  std::vector<double> mass = transform.inverse(transform_of(nodes, transform.frequencies()));
  for (std::size_t k = 0; k < mass.size(); ++k) {
    mass[k] *= std::exp(shape.tilt * static_cast<double>(k));
  }
  return mass;
}

double none_of(std::span<const NodeTerms> nodes) {
  double none = 0;
  for (const NodeTerms& node : nodes) none += node.weight * moments_of(node).none;
  return none;
}

}  // namespace

LatticeView::LatticeView(const GroupFamilies& group, const SliceNodes& nodes,
                         const LatticeSetting& setting, LatticeRows& rows, MergedStore& merged)
    : LatticeView(planned(group, nodes, setting, rows, merged).nodes(), setting) {}

LatticeView::LatticeView(std::span<const NodeTerms> nodes, const LatticeSetting& setting)
    : step_(setting.step_usd), curve_(mass_of(nodes, tilted(setting.points)), none_of(nodes)) {
  for (const NodeTerms& node : nodes) {
    const NodeMoments moments = moments_of(node);
    mean_ += node.weight * moments.mean * step_;
    square_ += node.weight * (moments.variance + moments.mean * moments.mean) * step_ * step_;
  }
}

double LatticeView::excess_at_reach() const {
  return mean_ - reach_usd() + step_ * curve_.at(curve_.reach()).shortfall;
}

// What lies above t follows from the moments of the whole and what lies below, so that nothing
// beyond the lattice is missed.
TailAt LatticeView::at(double amount_usd) const {
  const double t = std::clamp(amount_usd, 0.0, reach_usd());
  const Below below = curve_.at(t / step_);
  return {std::max(0.0, 1 - below.probability), std::max(0.0, mean_ - t + step_ * below.shortfall),
          std::max(0.0, square_ - t * (2 * mean_ - t) - step_ * step_ * below.shortfall_squared)};
}

}  // namespace corridor
