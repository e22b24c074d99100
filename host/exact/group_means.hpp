// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "host/exact/eligible_law.hpp"
#include "host/exact/expected_row.hpp"
#include "host/exact/law_use.hpp"
#include "host/exact/smoothed_excess.hpp"
#include "host/exact/year_factors.hpp"

namespace corridor {

/// A law of a single year.
struct KeyedLaw {
  LawKey key;
  const EligibleLaw* law;
};

/// The law of one exposure with its excess under a severity factor of one log-deviation.
struct LawAtExposure {
  const TableLaw* law;
  SmoothedExcess excess;
};

/// A law as the persons of a class of jobs use it. A mean of claims of one year is proportional to
/// the exposure, so one node stands for all; with n years before the policy it is a polynomial of
/// degree n + 1 without a constant, fixed by as many nodes.
struct SmoothedLaw {
  LawKey key;
  const EligibleLaw* eligible;                        ///< of a single year; else none
  std::size_t degree = 1;                             ///< in the exposure
  std::vector<std::unique_ptr<TableLaw>> own_laws{};  ///< of several years: the nodes' laws
  std::vector<LawAtExposure> nodes;  ///< at exposure_node(0 ..); the first alone where all are 1
};

/// Exposure of node `node` of a polynomial of degree `degree`: 1 and equal steps down.
double exposure_node(std::size_t degree, std::size_t node);

/// Weight of that node in the value at an exposure: Lagrange's, with 0 at exposure 0.
double exposure_weight(std::size_t degree, std::size_t node, double exposure);

/// Expected stop-loss sums of a view, over all effects.
///
/// `laws`  every law of the view's persons, ascending by key, made for the factors' deviation and
///         for the view's thresholds over centre * scale
/// `deductibles`  [threshold] where claimants are counted; empty for nowhere
ExpectedSums expected_sums(const ClaimsView& view, const YearFactors& factors,
                           const std::vector<SmoothedLaw>& laws,
                           const std::vector<bool>& deductibles);

/// The base effect that makes the expected ground-up claims of a job what they are without effects,
/// caps left aside: exposure * scale * mean, summed over the members. `factors` has base 1 and no
/// pandemic; `laws` ascending by key.
double recentred_base(const ClaimsView& view, const YearFactors& factors,
                      const std::vector<KeyedLaw>& laws);

}  // namespace corridor
