// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "host/distribution/claim_law.hpp"
#include "host/distribution/law_kind.hpp"

namespace corridor {

inline constexpr AttributeRule p_zero_rule{"p_zero", {.low = 0, .high = 1, .high_open = true}};

/// Attributes a parametric law may leave out.
inline constexpr AttributeRule parametric_options[] = {p_zero_rule};

/// The unconditional law of a parametric kind, whose `positive` law describes X given X > 0: zero
/// with probability `p_zero`.
std::unique_ptr<ClaimLaw> with_zeros(const DistributionSpec& spec,
                                     std::unique_ptr<ClaimLaw> positive);

}  // namespace corridor
