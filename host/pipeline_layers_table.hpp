// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "corridor/layers.hpp"
#include "host/layers/weighted_figures.hpp"

namespace corridor {

/// One layer of one group, or of all of them.
struct LayerRow {
  std::string group_id;
  ClaimLayer layer;
  double exact_usd = 0;
  WeightedFigures figures;
  std::vector<double> premium_usd;  ///< [principle]
};

/// (mean - exact) / se; NaN without a spread.
double layer_z(const LayerRow& row);

/// Risk-loaded cost before expenses, one a principle, on the closed-form mean. `tail` at the
/// basis' capital level.
/// throws  Error{usage} for an unknown principle, or one that weighs a whole distribution
std::vector<double> layer_premiums_usd(double exact_usd, const WeightedFigures& figures,
                                       const WeightedTail& tail,
                                       const std::vector<std::string>& principles,
                                       const CoverLoads& loads);

/// Throws Error{usage} for what layer_premiums_usd refuses.
void check_layer_principles(const std::vector<std::string>& principles);

/// Every mean of enough hits beside its closed form; the cells that fail are named.
CredibilityGate layers_gate(std::span<const LayerRow> rows);

ResultTable layers_table(std::span<const LayerRow> rows, const std::vector<Level>& levels,
                         const std::vector<std::string>& principles);

}  // namespace corridor
