// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "host/exact/totals/total_law.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// The law with what its sum over slices may be off added to its errors; the law itself where that
/// is nothing. Null stays null.
std::unique_ptr<TotalLaw> with_slice_error(std::unique_ptr<TotalLaw> law, const SliceError& error);

}  // namespace corridor
