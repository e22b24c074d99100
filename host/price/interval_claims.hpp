// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/losses.hpp"

namespace corridor {

/// Which of a figure's intervals may be shown.
struct IntervalClaims {
  bool mean = false;
  std::vector<bool> tvar;  ///< [level]
};

/// An interval is claimed where the sample can have seen the large claims that it must allow for:
/// the most that one person adds to a year is at most 3.5 sqrt(hits) mean payouts. Below that the
/// payouts that decide about the mean may all be missing, and no sample tells. For a TVaR, payouts
/// are those above VaR and hits their number.
IntervalClaims interval_claims(const FigureLoss& loss, double largest_claim_usd,
                               const std::vector<Level>& levels);

}  // namespace corridor
