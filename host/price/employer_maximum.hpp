// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "corridor/plan.hpp"
#include "host/price/group_facts.hpp"

namespace corridor {

/// What the employer can have to pay of a year's claims at worst, claims on each cover's own basis:
/// attachment + aggregating specific + laser bands, each where it can arise, does not count to the
/// aggregate and is not used up by the other.
struct EmployerMaximum {
  double attachment_usd = 0;  ///< NaN without an aggregate
  double laser_usd = 0;       ///< of bands that do not count to the aggregate
  double asd_usd = 0;         ///< of the aggregating specific, where it does not count
  /// No end: no aggregate, one that pays a share or up to a limit, a share or limit of the specific
  /// that leaves claims which do not count, or an excluded member whose claims do not count.
  bool is_open = false;

  double parts_usd() const { return attachment_usd + laser_usd + asd_usd; }
  double usd() const { return is_open ? std::numeric_limits<double>::infinity() : parts_usd(); }
};

EmployerMaximum employer_maximum(const QuoteKey& quote, const GroupFacts& group);

}  // namespace corridor
