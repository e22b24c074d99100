// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "corridor/layers.hpp"
#include "host/layers/layer_hazards.hpp"
#include "kernels/lane/counter.hpp"

namespace corridor {

/// Years drawn with a loss, or nearly so, and how likely that is: the law of a year is, given its
/// effects, `loss` with probability `weight` and else nothing. So the mean of weight * h(loss)
/// is that of h over all years, for every h that is 0 at 0.
struct WeightedYears {
  std::vector<double> weight;    ///< [year] from 0 to 1
  std::vector<double> loss_usd;  ///< [year] given what the weight is the chance of; may be 0

  std::size_t size() const { return weight.size(); }
};

/// What a group's years are drawn from; borrows all of it.
struct GroupDraw {
  std::span<const PersonClass> classes;
  std::span<const YearFactor> factors;  ///< [year]
  const EffectCells* cells = nullptr;   ///< of the same years
  StreamKey key{};
  std::uint64_t seed = 0;
};

/// The years of one layer. Each is drawn given that someone is above the attachment at the bound of
/// the year's cell, which has the chance `weight`; a claim that the year's own effects do not
/// bring above it adds nothing, so no year is biased by the bound. Layers share their draws.
WeightedYears layer_years(const GroupDraw& group, const ClaimLayer& layer);

/// Adds a group's years to those of the groups before it, independent of them given the effects: a
/// year is drawn given that something happens in either. Draws by the group's key.
void add_group_years(const WeightedYears& group, StreamKey key, std::uint64_t seed,
                     WeightedYears& book);

}  // namespace corridor
