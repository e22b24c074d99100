// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "corridor/pricing.hpp"

namespace corridor {

/// Technical premiums of a reinsurance layer, one a principle: the risk-loaded cost of its yearly
/// payouts with the specific cover's loads, before any expense of the reinsurer.
///
/// `ascending`  [year] payouts in cents, one year or more
/// throws       Error{usage} for an unknown principle
std::vector<double> layer_premiums_usd(std::span<const std::int64_t> ascending,
                                       const std::vector<std::string>& principles,
                                       const PricingBasis& basis);

}  // namespace corridor
