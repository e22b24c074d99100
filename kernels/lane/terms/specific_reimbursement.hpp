// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tuple>

#include "kernels/lane/terms/field.hpp"
#include "kernels/lane/terms/year_state.hpp"

namespace corridor {

/// Share of the covered excess that the specific pays; rounded to the cent once per group-year.
struct SpecificReimbursement {
  double share = 1;
  /// 1 where the limit is on what the policy pays: the excess over it is then counted after the
  /// share. The plan sets it from the limit's basis.
  std::uint8_t limit_is_on_payment = 1;

  CORRIDOR_HD void apply(YearState& year) const {
    // A share of 1 goes the same way: without a branch, back ends do several years at once.
    const Cents uncovered = year.layer + year.over_limit;
    year.specific_before_asd = share_of(year.layer, share);
    year.over_limit = share_of(year.over_limit, limit_is_on_payment ? share : 1);
    year.coinsurance = uncovered - year.specific_before_asd - year.over_limit;
  }

  static constexpr auto fields() {
    return std::make_tuple(RatioField<SpecificReimbursement>{
        {"specific_reimbursement", "share of the excess that the specific pays", Unit::fraction, 1,
         0.01, 1},
        &SpecificReimbursement::share});
  }
};

}  // namespace corridor
