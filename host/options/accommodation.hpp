// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/options/job_years.hpp"

namespace corridor {

/// What the carrier has advanced at the end of one month: the excess of claims paid so far over the
/// attachment accumulated so far, which the year's settlement takes back.
struct Advance {
  double mean_usd = 0;
  std::vector<double> percentile_usd;  ///< [level of the run]
};

bool has_accommodation(const Portfolio& portfolio, std::size_t group);

/// Advances of every quote of a job by month.
/// returns  [quote of the job][policy month]
std::vector<std::vector<Advance>> monthly_advances(const OptionRun& run, std::size_t job,
                                                   const std::vector<std::size_t>& quotes);

}  // namespace corridor
