// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace corridor::coverage {

/// How often the 95% intervals of one figure held its true value.
struct Figure {
  std::string law, name;    ///< "heavy", "specific"
  std::uint32_t years = 0;  ///< of a replication
  double hits = 0;          ///< mean over the replications
  std::uint64_t replications = 0;
  std::uint64_t claimed = 0;      ///< replications with an interval
  std::uint64_t held = 0;         ///< of them, those whose interval holds the true value
  std::uint64_t normal_held = 0;  ///< mean +- 1.96 se, of all; 0 for a TVaR
  double grand_z = 0;  ///< z-score of the mean over all replications; NaN without a closed form

  double claimed_share() const { return share(claimed, replications); }
  double coverage() const { return share(held, claimed); }
  double normal_coverage() const { return share(normal_held, replications); }
  /// Part of all replications whose interval misses.
  double missed_share() const { return share(claimed - held, replications); }
  /// All but one in a thousand replications claim: what is claimed does not select the samples.
  bool claims() const { return claimed_share() >= 0.999; }

 private:
  static double share(std::uint64_t part, std::uint64_t all) {
    return static_cast<double>(part) / static_cast<double>(all);
  }
};

/// Small groups under light to heavy laws, each simulated `replications` times on streams of their
/// own, through a back end, reduce and the claims of price. Means are known in closed form:
/// specifics from the tables, aggregates by convolution; TVaRs are those of a run of 2,000
/// replications' years in one.
std::vector<Figure> study(std::uint32_t replications);

}  // namespace corridor::coverage
