// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "kernels/backend.hpp"

namespace corridor {

/// The most that a year's claims can leave with the employer.
struct ClaimsMaximum {
  double usd = HUGE_VAL;  ///< infinite: nothing bounds it
  /// The same while the aggregate has not paid its limit; infinite where something else leaks.
  double before_limit_usd = HUGE_VAL;
  std::string unlimited_because;
};

/// Attachment, aggregating specific and laser bands, each where it can arise and does not count to
/// the aggregate. The bound holds in every year, to the cent.
///
/// `lasers`  deductibles of persons who have their own, on the scale of the row's; unlimited for a
///           person excluded from the specific
ClaimsMaximum claims_maximum(const GroupJob& job, const GridRow& row, Cents attachment,
                             const std::vector<Cents>& lasers);

}  // namespace corridor
