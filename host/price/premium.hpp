// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/losses.hpp"
#include "corridor/pricing.hpp"
#include "host/price/group_facts.hpp"
#include "host/price/principles.hpp"

namespace corridor {

/// How one cover's premium comes about, dollars for the policy's months:
/// (loss + risk_load + fixed) / loss_share. A cover that is not sold is all zeros.
struct CoverPremium {
  double loss_usd = 0;       ///< mean payout
  double risk_load_usd = 0;  ///< risk-loaded cost less the mean
  double fixed_usd = 0;
  double premium_usd = 0;
};

/// Both covers by one principle.
struct Premium {
  CoverPremium specific, aggregate;

  double usd() const { return specific.premium_usd + aggregate.premium_usd; }
};

/// Premiums of a run: the principles chosen and where each finds its figures in a FigureLoss.
class Premiums {
 public:
  /// Throws Error{usage} for an unknown principle, Error{internal} when a principle needs the tail
  /// at a level that `losses` lack.
  Premiums(const std::vector<std::string>& principles, const PricingBasis& basis,
           const std::vector<Level>& levels);

  const std::vector<const Principle*>& principles() const { return principles_; }

  /// One a principle. A null cover is not sold and costs nothing.
  std::vector<Premium> of(const FigureLoss* specific, const FigureLoss* aggregate,
                          const GroupFacts& group) const;

  /// A cover's loads as they stand for a group: its own commission, its state's tax.
  CoverLoads specific_loads(const GroupFacts& group) const;
  CoverLoads aggregate_loads(const GroupFacts& group) const;

  /// Share of the premium left for losses, of the cover that keeps less, for a group.
  double least_loss_share(const GroupFacts& group) const;

 private:
  CoverPremium cover_premium(std::size_t principle, const FigureLoss& loss, const CoverLoads& loads,
                             const GroupFacts& group) const;

  std::vector<const Principle*> principles_;
  std::vector<std::size_t> functional_of_;  ///< [principle], of those with a distortion
  PricingBasis basis_;
  std::size_t capital_level_ = 0;  ///< index of the capital level, when a principle needs it
  bool needs_tail_ = false;
};

}  // namespace corridor
