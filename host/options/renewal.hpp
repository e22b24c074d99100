// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/options/job_years.hpp"

namespace corridor {

/// What a promise about the renewal costs the carrier, priced over two years.
///
/// A year later a person's year repeats with the market's persistence, at claims higher by the
/// trend: given this year's claims, next year's specific is expected to cost T = p E' + (1 - p) M,
/// with E' what this year's claims would exceed the deductible by if they all came again, and M its
/// mean. Without a promise the carrier lasers those who are above the deductible: p E' is left with
/// the employer. With no new laser the carrier renews at the manual rate M and bears (T - M)+; with
/// a rate cap c beside it, it may charge up to 1 + c times this year's expected cost M0 and bears
/// (T - (1 + c) M0)+. A cap alone leaves the lasers: ((1 - p) M - (1 + c) M0)+.
struct RenewalPromise {
  double next_year_usd = 0;  ///< M
  double new_laser_usd = 0;  ///< p M: what new lasers would leave with the employer
  Estimate cost;             ///< of the group's promises
};

bool has_renewal_promise(const Portfolio& portfolio, std::size_t group);

/// On claims as incurred, after the specific's share and limit, before an aggregating specific.
/// returns  [row of the job]
std::vector<RenewalPromise> renewal_promises(const OptionRun& run, std::size_t job);

}  // namespace corridor
