// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tuple>

#include "kernels/lane/terms/field.hpp"
#include "kernels/lane/terms/year_state.hpp"

namespace corridor {

/// Aggregating specific deductible: the employer keeps the first dollars of the group's pooled
/// specific payments, after share and limit.
struct AggregatingSpecific {
  Cents retention = 0;
  std::uint8_t counts_lasers = 0;  ///< 1: laser bands use up the retention first

  CORRIDOR_HD void apply(YearState& year) const {
    const Cents used = counts_lasers ? year.laser_band : 0;
    year.asd_absorbed = smaller(year.specific_before_asd, excess_over(retention, used));
    year.specific = year.specific_before_asd - year.asd_absorbed;
  }

  static constexpr auto fields() {
    return std::make_tuple(
        AmountField<AggregatingSpecific>{
            {"aggregating_specific_usd", "employer's pooled retention over the specifics",
             Unit::usd, 0, 0, 1e12},
            &AggregatingSpecific::retention},
        CodeField<AggregatingSpecific>{
            {"asd_counts_lasers", "1 if laser bands use up the aggregating specific", Unit::code, 0,
             0, 1},
            &AggregatingSpecific::counts_lasers});
  }
};

}  // namespace corridor
