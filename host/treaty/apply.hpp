// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "corridor/treaties.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// What a programme takes of every year, cents: gross = net + the sum of ceded, in every year.
struct CededYears {
  std::vector<std::vector<Cents>> ceded;  ///< [treaty of the programme][year]
  std::vector<Cents> net;                 ///< [year]
};

/// Runs the treaties over the years, one after the other.
///
/// `gross`        [year] what the carrier pays
/// `layers`       [treaty of persons, in the programme's order][year] payouts in its layer, all
///                persons together, as if no other treaty were there
/// `premium_usd`  of the book, for treaties in points of loss ratio
CededYears apply_programme(const Programme& programme, std::span<const Cents> gross,
                           std::span<const std::vector<Cents>> layers, double premium_usd);

}  // namespace corridor
