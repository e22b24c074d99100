// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/options/job_years.hpp"

namespace corridor {

/// Terminal liability of one quote: on termination the aggregate's run-out grows by three months,
/// and its attachment by the factors of the last three.
struct TerminalLiability {
  double attachment_usd = 0;  ///< the annual attachment and three months' factors more
  Estimate exercised;         ///< what the aggregate then pays
  Estimate added;             ///< what that exceeds the aggregate without the option
  double cost_usd = 0;        ///< added, times the probability of termination
};

bool has_terminal_liability(const Portfolio& portfolio, std::size_t group);

/// returns  [quote of the job]
std::vector<TerminalLiability> terminal_liabilities(const OptionRun& run, std::size_t job,
                                                    const std::vector<std::size_t>& quotes);

}  // namespace corridor
