// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <tuple>

#include "kernels/lane/terms/field.hpp"
#include "kernels/lane/terms/year_state.hpp"

namespace corridor {

/// Specific deductible: the cover is each person's claims above it. A lasered person has a higher
/// one of their own; the band between the two stays with the employer. What a family keeps over the
/// family deductible is covered like an excess.
struct SpecificDeductible {
  Cents deductible = unlimited;

  CORRIDOR_HD void apply(YearState& year) const {
    year.layer = year.excess - year.laser_band + year.family;
  }

  static constexpr auto fields() {
    return std::make_tuple(AmountField<SpecificDeductible>{
        {"specific_deductible_usd", "deductible of each person, infinite for no specific cover",
         Unit::usd, HUGE_VAL, 0, HUGE_VAL},
        &SpecificDeductible::deductible});
  }
};

}  // namespace corridor
