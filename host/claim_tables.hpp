// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "corridor/error.hpp"
#include "kernels/lane/table.hpp"

namespace corridor {

/// A table of a year's factor, asked for by the plan and compiled with the claim laws.
///
/// With `shock_probability` 0, of a lognormal factor exp(location + sigma * z). Ordinary effects
/// have location -sigma^2 / 2, which is mean 1. With `decreasing` the factor falls as z rises:
/// 1 / frequency, drawn by the same survival as the severity factor.
///
/// Else of 1 / shock_frequency with that probability and 1 with the rest; the other fields are 0.
struct EffectLaw {
  double location = 0;
  double sigma = 0;
  bool decreasing = false;
  double shock_probability = 0;
  double shock_frequency = 1;

  /// Always 1: needs no table.
  bool neutral() const { return sigma <= 0 && shock_probability <= 0; }

  auto operator<=>(const EffectLaw&) const = default;
};

/// What the distribution stage hands to the plan: every table of a run in one array, laws in the
/// order of the portfolio's distributions, then the effects in the order asked for.
struct ClaimTables {
  std::vector<Bucket> buckets;                        ///< [table][bucket_count]
  std::vector<EffectLaw> effects;                     ///< of the tables behind the laws'
  std::map<std::uint16_t, std::uint32_t> table_of;    ///< distribution index -> table
  std::vector<double> maximum_usd;                    ///< [law table] cap on a person's claims
  std::uint32_t first_effect = 0;                     ///< table of the first effect
  std::vector<Problem> warnings;
};

}  // namespace corridor
