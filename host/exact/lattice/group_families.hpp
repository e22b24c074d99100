// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "host/exact/lattice/lattice_row.hpp"
#include "host/exact/totals/person_function.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// Persons of one mixture of laws whose claims are paid by one function.
struct Family {
  struct Like {
    double log_scale = 0;
    double count = 1;
  };
  std::size_t paid = 0;  ///< index in GroupFamilies::paid
  std::vector<LawPart> mixture;
  std::vector<Like> persons;
  double persons_count() const;
};

struct FamilySlice {
  YearSlice years;  ///< without persons
  std::vector<Family> families;
};

/// A group as a lattice sees it. Persons who add nothing have left.
struct GroupFamilies {
  std::vector<PaidFunction> paid;  ///< dollars
  std::vector<FamilySlice> slices;
  double certain_usd = 0;  ///< of everybody in every year
};

/// `of_personal` [personal] by AlikePersons::personal; `of_members` holds for the others.
GroupFamilies group_families(const YearModel& model, const PersonFunction& of_members,
                             std::span<const PersonFunction> of_personal);

/// Of a total, what is certain left out.
struct TotalMoments {
  double mean = 0, variance = 0;
};

/// In closed form, given the severity.
TotalMoments moments_given(const GroupFamilies& group, const FamilySlice& slice,
                           double log_severity);

/// The most that can be paid in any year, what is certain left out; may be infinite.
double highest_total(const GroupFamilies& group);

}  // namespace corridor
