// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace corridor::risk_cases {

/// How often the 95% intervals of one figure held its true value, and how its standard error
/// compares with its spread.
struct Coverage {
  std::string law, figure, level;
  std::uint32_t years = 0, tail_years = 0;
  std::uint64_t replications = 0, claimed = 0, held = 0;
  double expected = 0.95;     ///< of a VaR, its ranks' exact coverage
  double se_over_spread = 0;  ///< root of the mean squared standard error over the spread of values
  double bias_over_se = 0;    ///< mean error in standard errors

  double claimed_share() const { return share(claimed, replications); }
  double coverage() const { return share(held, claimed); }
  double missed_share() const { return share(claimed - held, replications); }
  /// All but one in a thousand replications claim: what is claimed does not select the samples.
  bool claims() const { return claimed_share() >= 0.999; }
  /// A VaR's interval holds as often as its ranks do; a TVaR's in 94 to 96 of a hundred, and where
  /// few runs claim no more than 6 in a hundred of all miss. Each within `errors` standard errors
  /// of the count itself.
  bool is_right(double errors) const;

 private:
  static double share(std::uint64_t part, std::uint64_t all) {
    return static_cast<double>(part) / static_cast<double>(all);
  }
};

/// VaR and TVaR of laws from bounded to Pareto tails, each replicated, against closed forms.
std::vector<Coverage> study(std::uint32_t replications);

/// Exponential years and a rare event: of all runs, those whose TVaR's interval is claimed and
/// misses.
struct RareEvent {
  double mean_excesses = 0, expected = 0;  ///< its size, and how often a run has it
  double missed = 0;
  double missed_at_3_5 = 0;  ///< had events of up to 3.5 times what the rule allows an interval
};

/// Of 2,500 years at 0.9.
std::vector<RareEvent> rare_events(std::uint32_t replications);

}  // namespace corridor::risk_cases
