// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "host/exact/totals/person_function.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor::made {

/// Claims above `from_usd`, at most `limit_usd` of them, times `share`.
inline PersonFunction layer(double from_usd,
                            double limit_usd = std::numeric_limits<double>::infinity(),
                            double share = 1) {
  PersonFunction function{{{from_usd, share}}};
  if (std::isfinite(limit_usd)) function.lines.push_back({from_usd + limit_usd, 0});
  return function;
}

inline AlikePersons persons(std::uint32_t law, double scale, double count = 1, double weight = 1) {
  AlikePersons made;
  made.shares[0] = {law, weight};
  made.scale = scale;
  made.count = count;
  return made;
}

/// Years whose severity is lognormal with mean 1 and coefficient of variation `effect_cv`.
inline YearModel years(std::vector<const TableLaw*> laws, double effect_cv,
                       std::vector<AlikePersons> of_persons) {
  YearSlice slice;
  slice.sigma = std::sqrt(std::log1p(effect_cv * effect_cv));
  slice.log_severity = -slice.sigma * slice.sigma / 2;
  slice.persons = std::move(of_persons);
  return {std::move(laws), {slice}};
}

}  // namespace corridor::made
