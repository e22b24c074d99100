// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <span>

#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// Up to what amount persons' claims count towards a total.
struct CapOfPersons {
  double group_usd = 0;
  std::span<const double> personal_usd = {};  ///< [personal] own caps

  double of(const AlikePersons& persons) const {
    return persons.personal == AlikePersons::nobody ? group_usd : personal_usd[persons.personal];
  }
};

/// What alike persons add, each: certain_usd + min(severity * scale * X, limit_usd).
struct CappedPerson {
  double certain_usd = 0;
  double limit_usd = 0;  ///< 0 where nothing varies
};

inline CappedPerson capped_person(const AlikePersons& persons, const CapOfPersons& cap) {
  const double most = std::min(persons.maximum_usd, cap.of(persons));
  bool varies = persons.scale > 0 && persons.certain_usd < most;
  double weight = 0;
  for (const LawShare& share : persons.mixture()) weight += std::max(0.0, share.weight);
  varies = varies && weight > 0;
  if (!varies) return {std::min(persons.certain_usd, most), 0};
  return {persons.certain_usd, most - persons.certain_usd};
}

}  // namespace corridor
