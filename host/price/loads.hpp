// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/pricing.hpp"

namespace corridor {

/// One load: the name in files and flags, its range, and where it lives.
struct LoadField {
  const char* name;
  const char* description;
  double least, most;  ///< inclusive
  double CoverLoads::*value;
};

/// THE list of loads: files, flags, help and provenance walk it.
std::span<const LoadField> load_fields();
const LoadField* find_load(const std::string& name);

/// What is wrong with a value for a load, or "".
std::string range_problem(const LoadField& field, double value);

/// Every name that may stand left of "=": "expense", "specific.expense", ..., "capital_level".
std::vector<std::string> assignable_names();

/// Less of the premium than this left for losses is a slip, not a price.
inline constexpr double loss_share_least = 0.05;

/// Share of the premium that is left for losses: 1 less every load that is a share of it.
double loss_share(const CoverLoads& loads);

/// What is wrong with a value for credibility_life_years, or "".
std::string life_years_problem(double value);

/// What is wrong with the name of a state, or "".
std::string state_problem(std::string_view state);

/// A cover's loads with the premium tax of a state where the basis has one.
CoverLoads loads_in_state(CoverLoads loads, const PricingBasis& basis, const std::string& state);

/// What is wrong with a basis as a whole, or "": loads that leave nothing for losses.
std::string basis_problem(const PricingBasis& basis);

}  // namespace corridor
