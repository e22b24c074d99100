// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <tuple>

#include "kernels/lane/terms/field.hpp"
#include "kernels/lane/terms/year_state.hpp"

namespace corridor {

/// Aggregate cover: a share of the counted claims above the attachment, up to a limit. How the
/// attachment comes about (corridor, explicit, monthly factors, minima) is the plan's work: the
/// lane knows one amount, fixed before any draw.
struct AggregateCover {
  double share = 1;
  Cents limit = unlimited;
  Cents attachment = unlimited;

  CORRIDOR_HD Cents ceded(Cents counted) const {
    const Cents excess = excess_over(counted, attachment);
    return smaller(share == 1 ? excess : share_of(excess, share), limit);
  }
  CORRIDOR_HD void apply(YearState& year) const { year.aggregate = ceded(year.counted); }

  static constexpr auto fields() {
    return std::make_tuple(
        RatioField<AggregateCover>{
            {"aggregate_reimbursement", "share of the excess that the aggregate pays",
             Unit::fraction, 1, 0.01, 1},
            &AggregateCover::share},
        AmountField<AggregateCover>{{"aggregate_limit_usd", "most that the aggregate cover pays",
                                     Unit::usd, HUGE_VAL, 0.01, HUGE_VAL},
                                    &AggregateCover::limit});
  }
};

}  // namespace corridor
