// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "host/exact/lattice/lattice_rows.hpp"
#include "host/exact/totals/person_function.hpp"
#include "host/exact/totals/total_law.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// Law of a group's total T = sum over persons of h(claims), any nondecreasing h in straight lines:
/// the specific cover, or claims counted towards an aggregate.
///
/// `of_members`   h of persons whose AlikePersons::personal is `nobody`
/// `of_personal`  [personal] h of the others
/// `rows`         what groups of a book share; its laws are those of `model`
///
/// Mean and standard deviation are closed forms, summed over the effects. The rest comes from a
/// lattice that is looked at twice: the second look has twice the step, the effects' nodes halfway
/// between and a shifted grid of shared rows, and the differences are the errors that are reported.
/// The lattice becomes finer until they are small, or it has 16,384 points.
std::unique_ptr<TotalLaw> lattice_total(const YearModel& model, const PersonFunction& of_members,
                                        std::span<const PersonFunction> of_personal,
                                        LatticeRows& rows, const TotalDemand& demand);

}  // namespace corridor
