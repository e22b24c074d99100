// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/plan.hpp"
#include "host/price/group_facts.hpp"

namespace corridor {

/// What the employer can have to pay of a year's claims at worst, claims on each cover's own basis.
struct EmployerMaximum {
  double attachment_usd = 0;  ///< infinite where nothing stops the retained claims
  double laser_usd = 0;       ///< of bands that do not count to the aggregate
  double asd_usd = 0;         ///< of the aggregating specific, where it does not count
  double usd() const { return attachment_usd + laser_usd + asd_usd; }
};

/// Attachment + aggregating specific + laser bands, each where it can arise, does not count to the
/// aggregate and is not used up by the other. Infinite without an aggregate, where the aggregate
/// pays a share or up to a limit, where a share or limit of the specific leaves claims that do not
/// count, and with an excluded member whose claims do not count.
EmployerMaximum employer_maximum(const QuoteKey& quote, const GroupFacts& group);

}  // namespace corridor
