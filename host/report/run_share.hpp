// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/quotes.hpp"

namespace corridor {

/// What a phase took of the run up to its results, in percent; 0 where the run's time is not known.
inline double percent_of_run(const PhaseTime& time, const RunFacts& run) {
  return run.cost.elapsed_s > 0 ? 100 * time.seconds / run.cost.elapsed_s : 0;
}

/// 0 where it draws none.
inline double member_years_per_s(const PhaseTime& time) {
  const bool known = time.member_years > 0 && time.seconds > 0;
  return known ? static_cast<double>(time.member_years) / time.seconds : 0;
}

}  // namespace corridor
