// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/group.hpp"
#include "kernels/lane/survival.hpp"

namespace corridor {

/// What one policy year does to every claim of a group.
struct YearEffect {
  float severity = 1;           ///< f: multiplies every claim
  float inverse_frequency = 1;  ///< multiplies every survival probability
};

/// An effect in the year `back` years before the policy's: the lasting part of a group effect is
/// the same draw, its yearly part and the shared effects are drawn anew.
CORRIDOR_HD Effect effect_before(const Effect& effect, std::uint32_t back) {
  Effect before = effect;
  if (effect.purpose == Purpose::group_effect_year) {
    before.purpose =
        static_cast<Purpose>(static_cast<std::uint32_t>(Purpose::group_effect_year) + back);
  } else if (effect.purpose != Purpose::group_effect) {
    before.key.high = back;
  }
  return before;
}

/// Word 0 of the call is the effect's survival, word 1 refines its tail.
template <class Generator>
CORRIDOR_HD float effect_survival(const Effect& effect, std::uint32_t year, const Generator& draw) {
  const Words words = draw(counter_of(effect.purpose, year, 0, effect.key));
  return needs_refining(words.w[0]) ? refined_survival(words.w[0], words.w[1])
                                    : survival_of(words.w[0]);
}

/// The effects of a group in a year, or in the year `back` before it, multiplied in the order of
/// the list, in fp32.
template <class Generator>
CORRIDOR_HD YearEffect year_effect(const GroupView& group, std::uint32_t year,
                                   const Generator& draw, std::uint32_t back = 0) {
  YearEffect product{group.base_effect, 1.0f};
  for (std::uint32_t e = 0; e < group.effect_count; ++e) {
    const Effect effect = back == 0 ? group.effects[e] : effect_before(group.effects[e], back);
    const float survival = effect_survival(effect, year, draw);
    if (effect.severity) product.severity *= quantile(effect.severity, survival);
    if (effect.inverse_frequency) {
      product.inverse_frequency *= quantile(effect.inverse_frequency, survival);
    }
  }
  return product;
}

}  // namespace corridor
