// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/portfolio.hpp"
#include "host/claim_tables.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// CV of what the rating does not know about a group of `employees`: sqrt(.05^2 + .22^2 50/(50+n)),
/// to three decimals so that a large book needs few tables.
double default_group_cv(double employees);

/// CV of the group effect: the group's own, else the market's, else the default for its size.
double group_effect_cv(const Portfolio& portfolio, std::size_t group);

/// One effect of one group before its tables exist: which stream, and the laws of its two factors.
struct EffectDraw {
  Purpose purpose;
  StreamKey key;
  EffectLaw severity;           ///< neutral: no factor on claim size
  EffectLaw inverse_frequency;  ///< neutral: no factor on frequency
};

/// The effects of a group in the order in which the lane multiplies them: book, region, industry,
/// pandemic, then the lasting and the yearly part of the group's own. An effect with CV 0 is left
/// out, and a pandemic that never comes or changes nothing.
std::vector<EffectDraw> group_effect_draws(const Portfolio& portfolio, std::size_t group,
                                           StreamKey key);
EffectModel group_effect_model(const Portfolio& portfolio, std::size_t group);

/// Every distinct law of the book's effects, ascending: what the distribution stage must compile.
std::vector<EffectLaw> required_effects(const Portfolio& portfolio);

}  // namespace corridor
