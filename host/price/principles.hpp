// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "corridor/pricing.hpp"
#include "host/price/distortion.hpp"

namespace corridor {

/// What a principle may look at: one cover of one row, dollars a year.
struct RiskFigures {
  double mean_usd = 0;
  double sd_usd = 0;
  double tvar_usd = 0;       ///< at the basis' capital level; of principles that need the tail
  double distorted_usd = 0;  ///< of principles with a distortion
};

enum class Needs { moments, tail, distribution };

/// One premium principle: the risk-loaded cost of a cover before expenses.
struct Principle {
  const char* name;
  const char* formula;
  Needs needs;
  double (*risk_loaded)(const RiskFigures& figures, const CoverLoads& loads);
  Distortion (*distortion)(std::uint32_t years, const CoverLoads& loads);  ///< null: none
};

/// THE list of principles, in the order in which results show them.
std::span<const Principle> principles();

/// Throws Error{usage} for an unknown name, naming the nearest.
const Principle& find_principle(const std::string& name);

/// The principles named, or the default ones when none is.
std::vector<const Principle*> chosen_principles(const std::vector<std::string>& names);

}  // namespace corridor
