// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "host/layers/effect_cells.hpp"

namespace corridor {

/// Persons side by side on a line, each as long as -log(1 - p), p the chance to be above an
/// attachment at a cell's bound. Points of a Poisson process of rate 1 fall on a person with
/// probability p and on two persons independently, so walking from point to point finds the persons
/// above without looking at the others.
class LayerHazards {
 public:
  LayerHazards(std::span<const PersonClass> classes, const EffectCells& cells,
               double attachment_usd);

  double length(std::size_t cell) const { return classes_.empty() ? 0 : row(cell).back(); }

  struct Found {
    std::size_t of_class = 0;
    double end = 0;  ///< where the person's stretch of the line ends
  };
  /// The person at a point. Expects 0 <= at < length(cell).
  Found person_at(std::size_t cell, double at) const;

 private:
  std::span<const double> row(std::size_t cell) const {
    return {ends_.data() + cell * classes_.size(), classes_.size()};
  }

  std::span<const PersonClass> classes_;
  std::vector<double> ends_;  ///< [cell][class] where a class ends
};

/// -log(1 - p), to the last bits for small p and at most 64, where the chance of no point is 1e-28.
double hazard_of(double chance);

}  // namespace corridor
