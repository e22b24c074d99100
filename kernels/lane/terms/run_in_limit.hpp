// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <tuple>

#include "kernels/lane/terms/field.hpp"
#include "kernels/lane/terms/year_state.hpp"

namespace corridor {

/// Run-in limit of the group: claims incurred before the policy count to the aggregate up to it.
struct RunInLimit {
  Cents group_limit = unlimited;

  CORRIDOR_HD void apply(YearState& year) const {
    year.countable -= smaller(larger(year.countable, 0), excess_over(year.run_in, group_limit));
  }

  static constexpr auto fields() {
    return std::make_tuple(AmountField<RunInLimit>{
        {"run_in_limit_group_usd",
         "most that claims incurred before the policy count to the aggregate", Unit::usd, HUGE_VAL,
         0, HUGE_VAL},
        &RunInLimit::group_limit});
  }
};

}  // namespace corridor
