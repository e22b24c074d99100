// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <tuple>

#include "kernels/lane/terms/field.hpp"
#include "kernels/lane/terms/year_state.hpp"

namespace corridor {

/// Most that the specific cover gives per person. A limit is a second threshold above each person's
/// deductible, so the lane needs no sum of its own for it.
struct SpecificLimit {
  enum Basis : std::uint8_t { paid = 0, layer = 1, total_claim = 2 };

  Cents limit = unlimited;
  std::uint8_t basis = paid;

  /// Claims above this amount are over the limit of a person with this deductible.
  CORRIDOR_HD Cents threshold(Cents deductible, double reimbursement) const {
    if (limit >= unlimited || deductible >= unlimited) return unlimited;
    if (basis == total_claim) return larger(limit, deductible);
    if (basis == layer) return deductible + limit;
    return deductible + to_cents(static_cast<double>(limit) / reimbursement);
  }

  CORRIDOR_HD void apply(YearState& year) const {
    year.layer -= year.excess_over_limit;
    year.over_limit = year.excess_over_limit;
  }

  static constexpr auto fields() {
    return std::make_tuple(
        AmountField<SpecificLimit>{
            {"specific_limit_usd", "most that the specific cover gives per person", Unit::usd,
             HUGE_VAL, 0.01, HUGE_VAL},
            &SpecificLimit::limit},
        CodeField<SpecificLimit>{
            {"specific_limit_basis",
             "0 most the policy pays, 1 layer before the share, 2 total claim with the retention",
             Unit::code, 0, 0, 2},
            &SpecificLimit::basis});
  }
};

}  // namespace corridor
