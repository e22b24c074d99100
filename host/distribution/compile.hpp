// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/claim_tables.hpp"
#include "host/distribution/claim_law.hpp"

namespace corridor {

/// The table of a law: bucket_count buckets, evaluated as fused(slope, S, intercept).
///
/// Every bucket has the law's mean over it, to 1e-7; bucket 0 has the mean of all survival below
/// its upper end, so that the point 2^-40, which stands for everything below, carries what lies
/// there. As evaluated in fp32 the table never rises with S and is never negative; S = 1 gives 0.
/// The law is not capped, except that the mass below 2^-40 is limited to `cap_over_least_scale`
/// (the cap on a person's claims over the factor_rung of the law's members' scales) and no value exceeds
/// eight times that or 2^40 dollars.
std::vector<Bucket> compile_table(const ClaimLaw& law, double cap_over_least_scale);

/// The table of a lognormal factor, of mean exp(location + sigma^2 / 2) to 3e-8. It falls with S
/// and has the factor's variance to 3e-5; where the factor is `decreasing` it rises, and the mean
/// of its reciprocal, a frequency, is exact to 4e-6 up to CV 0.4. S = 1, which no effect draws,
/// repeats the last value.
std::vector<Bucket> compile_effect(const EffectLaw& effect);

/// Least scales of the members of each law, by the law's index; slices of a book add up.
class LawScales {
 public:
  void add(const Table& members);
  /// A rung below them; 1 for a law without members.
  double rung(std::uint16_t index) const;

 private:
  std::vector<double> least_ = std::vector<double>(std::size_t{1} << 16, HUGE_VAL);
};

/// The distribution stage: tables of all laws, then of `effects`. Warns where the cap takes more
/// than a thousandth of a law's mean. Of the portfolio it takes the laws alone.
///
/// throws  Error{bad_data} when a law does not pass check_law
ClaimTables compile_tables(const Portfolio& portfolio, const std::vector<EffectLaw>& effects,
                           const LawScales& scales);

/// The same of a whole book with its members' scales.
ClaimTables compile_tables(const Portfolio& portfolio, const std::vector<EffectLaw>& effects);

}  // namespace corridor
