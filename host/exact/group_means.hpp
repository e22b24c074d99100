// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/expected_row.hpp"
#include "host/exact/smoothed_excess.hpp"
#include "host/exact/year_factors.hpp"
#include "kernels/backend.hpp"

namespace corridor {

/// A law with its excess under a severity factor of one log-deviation.
struct SmoothedLaw {
  std::uint32_t table;
  const TableLaw* law;
  SmoothedExcess excess;
};

/// Expected stop-loss sums of a job, over all effects.
///
/// `laws`  every law of the job's persons, ascending by table, made for factors.sigma and for the
///         job's thresholds over centre * scale
ExpectedSums expected_sums(const GroupJob& job, const YearFactors& factors,
                           const std::vector<SmoothedLaw>& laws);

/// The base effect that makes the expected ground-up claims of a job what they are without effects,
/// caps left aside: exposure * scale * mean, summed over the members. `factors` has base 1.
double recentred_base(const GroupJob& job, const YearFactors& factors,
                      const std::vector<const TableLaw*>& law_of_table);

}  // namespace corridor
