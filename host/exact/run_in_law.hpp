// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/lattice_law.hpp"
#include "kernels/lane/basis.hpp"

namespace corridor {

/// What the windows take of claims of several years, as multiples of one claim: of the years
/// [first, first + count) back, which share their survival, each with an own month and an own
/// effect of one log-deviation. By the claim's size, because large claims are paid later.
class BlockFactors {
 public:
  BlockFactors(const Basis& basis, std::uint32_t first, std::uint32_t count, double sigma);

  /// Law of claim * factors for claims on the lattice of lattice_for.
  LatticeLaw times(const LatticeLaw& claims) const;

 private:
  std::vector<LatticeLaw> at_weight_;  ///< [node from small_claim_usd to large_claim_usd]
};

/// Eligible claims of all years of a basis with years before the policy, over all that changes from
/// year to year: months, persistence, and the effects of single years. What lasts over the years is
/// left out: it multiplies the whole.
class RunInLaw {
 public:
  RunInLaw(const Basis& basis, double yearly_sigma);

  /// The law of a person at scale 1 whose every year is covered with probability `exposure`.
  LatticeLaw of(const LatticeLaw& claims, double exposure) const;

 private:
  const BlockFactors& block(std::uint32_t first, std::uint32_t count) const;

  std::uint32_t years_;
  double persistence_;
  std::vector<BlockFactors> blocks_;  ///< by first year, then by count
};

/// A lattice that holds a law's claims and their sums over four years. Small and large claims have
/// their sizes at nodes.
struct Lattice {
  double first;
  int nodes;
};
Lattice lattice_for(const TableLaw& claims);

}  // namespace corridor
