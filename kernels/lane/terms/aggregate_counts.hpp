// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tuple>

#include "kernels/lane/terms/field.hpp"
#include "kernels/lane/terms/year_state.hpp"

namespace corridor {

/// What counts to the aggregate: each person's claims up to the group's deductible, not up to a
/// laser; options add what else the specific left with the employer.
struct AggregateCounts {
  enum Bit : std::uint8_t {
    laser_band = 1,
    asd_absorbed = 2,
    over_limit = 4,
    coinsurance = 8,
    without_excluded = 16,  ///< done by the plan: excluded members are not among the counted
  };

  std::uint8_t also = 0;

  CORRIDOR_HD void apply(YearState& year) const {
    year.counted = year.countable + (also & laser_band ? year.laser_band : 0) +
                   (also & asd_absorbed ? year.asd_absorbed : 0) +
                   (also & over_limit ? year.over_limit : 0) +
                   (also & coinsurance ? year.coinsurance : 0);
  }

  static constexpr auto fields() {
    return std::make_tuple(CodeField<AggregateCounts>{
        {"aggregate_counts",
         "bits of what also counts: 1 laser band, 2 aggregating specific absorbed, 4 above the "
         "specific limit, 8 employer's coinsurance share; 16 leave out excluded members",
         Unit::code, 0, 0, 31},
        &AggregateCounts::also});
  }
};

}  // namespace corridor
