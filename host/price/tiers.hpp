// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

inline constexpr std::array<const char*, tier_count> tier_names{"EE", "EE+SP", "EE+CH", "FAM"};
/// As column names say them.
inline constexpr std::array<const char*, tier_count> tier_suffixes{"ee", "ee_sp", "ee_ch", "fam"};

using Tiers = std::array<double, tier_count>;

/// Rates relative to EE where a book states none. Illustrations.
inline constexpr Tiers default_specific_relativity{1, 2.05, 1.70, 2.75};
inline constexpr Tiers default_factor_relativity{1, 2, 1.85, 2.95};

/// The book's four values, or `otherwise` where it has none.
Tiers relativity_or(const std::vector<double>& stated, const Tiers& otherwise);

/// Monthly amounts a tier that raise `total_usd` over the enrolment: total r_t / sum(r_t months_t),
/// so that sum(amount * months) is the total. A tier without employees has one too. NaN without any
/// employees or without a total.
Tiers monthly_amounts(double total_usd, const Tiers& relativity, const Tiers& months);

/// sum(amount * months); a tier without months counts nothing, whatever its amount.
double over_months(const Tiers& amounts, const Tiers& months);

/// Employee-months of all tiers.
double total_months(const Tiers& months);

}  // namespace corridor
