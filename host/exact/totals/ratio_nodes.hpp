// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "kernels/lane/basis.hpp"

namespace corridor {

/// How the yearly effects of a policy's year and the years before it lie about their common mean:
/// logarithms, [year], sum 0.
using YearDeviations = std::array<double, basis_years_max>;

/// Nodes of those deviations for `years` independent effects of log-deviation up to `sigma`.
///
/// One set of nodes serves every deviation up to it, so that a law of several years is made for a
/// sigma_rung and not for a group: weights for a smaller one give the same moments, up to the fifth.
/// They may be below 0.
class RatioNodes {
 public:
  RatioNodes(std::uint32_t years, double largest_sigma);

  std::size_t size() const { return nodes_.size(); }
  const YearDeviations& at(std::size_t node) const { return nodes_[node]; }
  /// Expects 0 <= sigma <= largest_sigma.
  std::vector<double> weights(double sigma) const;

 private:
  std::uint32_t dimensions_;
  double largest_sigma_;
  std::vector<YearDeviations> nodes_;
};

}  // namespace corridor
