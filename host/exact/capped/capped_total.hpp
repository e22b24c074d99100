// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "host/exact/capped/cap_of_persons.hpp"
#include "host/exact/capped/moment_tables.hpp"
#include "host/exact/totals/total_law.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// Law of the sum over all persons of min(certain + severity * scale * X, maximum, cap), over all
/// effects, by its characteristic function: no lattice, so no rounding of amounts.
///
/// `tables`  made from a MomentDemand that this model and cap were added to
/// returns null where the characteristic function does not die away for the demand to be answered
/// to
///         1e-6: some 20 lives and fewer, caps below most claims, laws of few amounts, caps far
///         above what a group costs. Such totals are for a lattice.
/// throws  Error{internal} for a cap that is not finite, or rows that the tables lack
///
/// Source of the method: the inversion of characteristic functions term by term, as in Bohman,
/// Numerical inversions of characteristic functions, Scandinavian Actuarial Journal (1975).
std::unique_ptr<TotalLaw> capped_total(const YearModel& model, const CapOfPersons& cap,
                                       const MomentTables& tables, const TotalDemand& demand);

}  // namespace corridor
