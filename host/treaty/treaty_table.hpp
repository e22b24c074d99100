// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "corridor/result_file.hpp"
#include "host/treaty/treaty_figures.hpp"

namespace corridor {

/// The table `treaties`, a row a treaty in the programme's order; VaR and TVaR of what is ceded are
/// the table `risk`'s. data/results.md says what each column is.
///
/// `principles`  names of TreatyFigures::premiums_usd
ResultTable treaty_table(const Programme& programme, std::span<const TreatyFigures> figures,
                         std::span<const std::string> principles);

/// The table `captives`, a row a treaty of kind captive: what its members pay in, and what they get
/// back or are called for.
///
/// A captive's funds are its premium less the commission. What a year's losses leave of them is the
/// dividend, what the losses lack is the call; at most one of the two is above 0. Both are shared
/// in proportion to what members paid in.
ResultTable captive_table(const Programme& programme, std::span<const TreatyFigures> figures,
                          const CededYears& ceded, std::span<const Level> levels);

}  // namespace corridor
