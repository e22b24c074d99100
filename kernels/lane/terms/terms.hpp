// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tuple>
#include <utility>

#include "kernels/lane/terms/aggregate_counts.hpp"
#include "kernels/lane/terms/aggregate_cover.hpp"
#include "kernels/lane/terms/aggregating_specific.hpp"
#include "kernels/lane/terms/run_in_limit.hpp"
#include "kernels/lane/terms/specific_deductible.hpp"
#include "kernels/lane/terms/specific_limit.hpp"
#include "kernels/lane/terms/specific_reimbursement.hpp"

namespace corridor {

template <class... Term>
struct TermList : Term... {
  /// Runs a year through every term in the order of the list.
  CORRIDOR_HD void apply(YearState& year) const {
    (static_cast<const Term&>(*this).apply(year), ...);
  }

  /// Calls visit(field) for every field of every term; a field binds a FieldSpec to a member.
  template <class Visit>
  static constexpr void each_field(Visit&& visit) {
    (std::apply([&](const auto&... field) { (visit(field), ...); }, Term::fields()), ...);
  }
};

/// THE list of contract terms, in the order in which they act.
using Terms = TermList<SpecificDeductible, SpecificLimit, SpecificReimbursement,
                       AggregatingSpecific, RunInLimit, AggregateCounts, AggregateCover>;

}  // namespace corridor
