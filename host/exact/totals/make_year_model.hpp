// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/exact/claims_view.hpp"
#include "host/exact/totals/law_store.hpp"
#include "host/exact/totals/year_model.hpp"
#include "host/exact/year_factors.hpp"

namespace corridor {

/// A view's persons under the group's effects. Families and limits on what persons count of years
/// before the policy are left aside: the caller asks only where there are none. The laws stay with
/// the store.
///
/// `cut`             where laws that are cut stay, in place of the store
/// `frequency_step`  times the usual distance between the frequencies that years are cut by
YearModel make_year_model(const ClaimsView& view, const YearFactors& factors, LawStore& laws,
                          CutLaws& cut, double frequency_step = 1);
YearModel make_year_model(const ClaimsView& view, const YearFactors& factors, LawStore& laws,
                          double frequency_step = 1);

}  // namespace corridor
