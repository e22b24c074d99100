// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/layer_hazards.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

namespace corridor {

double hazard_of(double chance) {
  constexpr double sure = 64;
  if (chance < 1e-4) return chance * (1 + chance * (1.0 / 2 + chance * (1.0 / 3 + chance / 4)));
  return chance < 1 ? std::min(-std::log1p(-chance), sure) : sure;
}

LayerHazards::LayerHazards(std::span<const PersonClass> classes, const EffectCells& cells,
                           double attachment_usd)
    : classes_(classes), ends_(cells.size() * classes.size()) {
  tbb::parallel_for(std::size_t{0}, cells.size(), [&](std::size_t cell) {
    double end = 0;
    for (std::size_t c = 0; c < classes.size(); ++c) {
      const double chance = classes[c].chance_above(attachment_usd, cells.bound(cell));
      end += classes[c].count * hazard_of(chance);
      ends_[cell * classes.size() + c] = end;
    }
  });
}

LayerHazards::Found LayerHazards::person_at(std::size_t cell, double at) const {
  const std::span<const double> ends = row(cell);
  const auto above = std::upper_bound(ends.begin(), ends.end(), at);
  const auto c = static_cast<std::size_t>(above - ends.begin());
  const double start = c == 0 ? 0 : ends[c - 1];
  const double each = (ends[c] - start) / classes_[c].count;
  const double before = std::min(std::floor((at - start) / each), classes_[c].count - 1);
  return {c, std::min(start + (before + 1) * each, ends[c])};
}

}  // namespace corridor
