// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/cents.hpp"

namespace corridor {

/// One policy year of one group on its way through the terms, all in cents. The first block is what
/// the draws gave; each term fills in what the later ones stand on.
struct YearState {
  Cents ground_up = 0;
  Cents excess = 0;             ///< of everybody over the group's deductible
  Cents laser_band = 0;         ///< the part of it below lasers
  Cents excess_over_limit = 0;  ///< of everybody over own deductible + limit, before the share
  Cents family = 0;             ///< what families keep over the family deductible
  Cents countable = 0;          ///< claims below the deductibles, on the aggregate's basis
  Cents run_in = 0;             ///< claims of years before the policy, on the aggregate's basis

  Cents layer = 0;        ///< covered excess before the share
  Cents over_limit = 0;   ///< what the specific limit leaves with the employer
  Cents coinsurance = 0;  ///< what the specific reimbursement share leaves with the employer
  Cents specific_before_asd = 0;
  Cents asd_absorbed = 0;  ///< what the aggregating specific leaves with the employer
  Cents specific = 0;      ///< paid by the specific cover
  Cents counted = 0;       ///< claims that count to the aggregate
  Cents aggregate = 0;     ///< paid by the aggregate cover
};

CORRIDOR_HD Cents carrier(const YearState& year) { return year.specific + year.aggregate; }
CORRIDOR_HD Cents employer(const YearState& year) { return year.ground_up - carrier(year); }

}  // namespace corridor
