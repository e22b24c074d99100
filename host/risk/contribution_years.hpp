// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "corridor/run_options.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// What a year tells of a TVaR's parts.
struct TailRole {
  bool above = false;  ///< VaR
  bool tie = false;    ///< at VaR, and of the years that share the tail's rest
  bool near = false;   ///< of the years nearest VaR, which stand for a year at VaR
};

/// The years that must be known part by part for contributions to a TVaR and their errors.
struct ContributionYears {
  std::vector<std::uint32_t> years;  ///< ascending: to be simulated once more
  std::vector<TailRole> roles;       ///< [of years]
  std::uint64_t all_years = 0;       ///< of the run
  std::uint64_t outside_parts = 0;   ///< 1 - level, in billionths
  std::uint64_t above = 0, ties = 0, near = 0;
  double tvar_usd = 0;

  double outside() const;
  /// Years in the tail: outside * all_years, not a whole number.
  double tail() const { return outside() * static_cast<double>(all_years); }
  /// Weight of all ties together, 0 to 1.
  double ties_weight() const { return (tail() - static_cast<double>(above)) / tail(); }
  /// Index of a year that is one of them.
  std::size_t index_of(std::uint32_t year) const;
};

/// Years above VaR, years at VaR (the first of them where more tie than the tail has years), and as
/// many on either side as a tenth of the tail, 5 to 250, that lie nearest VaR.
///
/// `amounts`  [year], one or more
ContributionYears contribution_years(std::span<const Cents> amounts, const Level& level);

}  // namespace corridor
