// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "kernels/lane/group.hpp"

namespace corridor {

/// Persons of a group who differ in nothing that an expected value sees.
struct Person {
  std::uint32_t table;
  float inverse_exposure;
  float scale;
  double weight;  ///< how many there are, or the sum of their exposures
};

double exposure_of(float inverse_exposure);

/// Calls `take` of each distinct person of the main loop, in an order that depends on their values
/// alone; those whom the personal loop draws are left out. Where a mean is proportional to the
/// exposure, `merge_exposures` makes it part of the weight and inverse_exposure 1.
void each_distinct_person(const GroupView& group, bool merge_exposures,
                          const std::function<void(const Person&)>& take);

}  // namespace corridor
