// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "corridor/treaties.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// What a programme takes of every year, cents: gross = net + the sum of ceded, in every year, and
/// net is never below 0.
struct CededYears {
  std::vector<std::vector<Cents>> ceded;  ///< [treaty of the programme][year]
  std::vector<Cents> net;                 ///< [year]
};

/// Runs the treaties over the years. Those of one order all see what lower orders left:
///
/// - a quota share takes its share of it
/// - a treaty of persons takes its layer's losses, times what quota shares of lower order left of
///   every claim; less the annual deductible, up to the annual limit, but for the corridor; times
///   its share
/// - an aggregate takes what lies in its layer, but for the corridor, times its share
///
/// each step to the nearest cent, and never more than is left of the year when its turn comes.
///
/// `gross`        [year] what the carrier pays
/// `layers`       [treaty of persons, in the programme's order][year] payouts in its layer, all
///                persons together, as if no other treaty were there
/// `premium_usd`  of the book, for treaties in points of loss ratio
/// throws         Error{bad_data} where a treaty is in such points and the premium is not above 0
CededYears apply_programme(const Programme& programme, std::span<const Cents> gross,
                           std::span<const std::vector<Cents>> layers, double premium_usd);

}  // namespace corridor
