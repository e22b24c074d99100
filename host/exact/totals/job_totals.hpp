// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "host/exact/claims_view.hpp"
#include "host/exact/totals/person_function.hpp"

namespace corridor {

/// What the persons of a view add to a row's total.
struct RowFunctions {
  PersonFunction members;
  std::vector<PersonFunction> personal;  ///< [personal]

  /// One plain cap each, at or below which claims count whole.
  struct Caps {
    double members_usd;
    std::vector<double> personal_usd;  ///< [personal]
  };
  /// None where some person's function goes on above its first line, or never ends.
  std::optional<Caps> caps() const;
};

/// The specific cover before the aggregating specific. None where it is not a sum over persons:
/// with families, or with a limit on what persons count of years before the policy.
std::optional<RowFunctions> specific_functions(const JobViews& views, const GridRow& row);

/// Claims that count to the aggregate, of the persons of the counted view. None where they are not
/// a sum over persons whose claims that view knows.
std::optional<RowFunctions> counted_functions(const JobViews& views, const GridRow& row);

/// The view whose persons counted_functions is about.
const ClaimsView& counted_view(const JobViews& views);

}  // namespace corridor
