// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/losses.hpp"
#include "corridor/pricing.hpp"
#include "host/price/group_facts.hpp"
#include "host/price/principles.hpp"

namespace corridor {

/// Premiums of a run: the principles chosen and where each finds its figures in a FigureLoss.
class Premiums {
 public:
  /// Throws Error{usage} for an unknown principle, Error{internal} when a principle needs the tail
  /// at a level that `losses` lack.
  Premiums(const std::vector<std::string>& principles, const PricingBasis& basis,
           const std::vector<Level>& levels);

  const std::vector<const Principle*>& principles() const { return principles_; }

  /// Specific and aggregate premium together, dollars for the policy's months, one a principle:
  /// (risk-loaded cost + fixed) / (1 - expense - commission - tax - profit) of each cover. A null
  /// cover is not sold and costs nothing.
  std::vector<double> of(const FigureLoss* specific, const FigureLoss* aggregate,
                         const GroupFacts& group) const;

  /// Share of the premium left for losses, of the cover that keeps less, for a group.
  double least_loss_share(const GroupFacts& group) const;

 private:
  double cover_premium(std::size_t principle, const FigureLoss& loss, const CoverLoads& loads,
                       const GroupFacts& group) const;

  std::vector<const Principle*> principles_;
  std::vector<std::size_t> functional_of_;  ///< [principle], of those with a distortion
  PricingBasis basis_;
  std::size_t capital_level_ = 0;  ///< index of the capital level, when a principle needs it
  bool needs_tail_ = false;
};

}  // namespace corridor
