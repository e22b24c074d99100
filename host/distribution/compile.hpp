// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// The distribution stage: tables of all laws, then of `effects`. Warns where the cap takes more
/// than a thousandth of a law's mean.
///
/// throws  Error{bad_data} when a law does not pass check_law
ClaimTables compile_tables(const Portfolio& portfolio, const std::vector<EffectLaw>& effects);

}  // namespace corridor
