// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/plan/enrolment.hpp"

namespace corridor {

/// How claims are incurred over a year and paid after that.
struct Lag {
  /// [n] share of a claim paid by the end of the n-th month after the month of incurral, which is
  /// month 0; ends at 1. Of claims up to 25,000 and of claims of 100,000 and more.
  std::vector<double> paid_small, paid_large;
  std::array<int, months_per_year> month_slots{};  ///< of 512, by month of incurral; sums to 512
  double spread = 0.5;  ///< share of a claim that is incurred over all months, by their slots

  /// Months after which every claim is paid.
  std::size_t months() const;
};

/// The book's /lag, with defaults for what it leaves out. The default curves are illustrations that
/// match no carrier: data/README.md gives the figures and what they stand on.
Lag lag_of(const Portfolio& portfolio);

/// Whole slots in proportion to weights. What is rounded is the sum up to each month, which spreads
/// the odd slots over the year: even weights then average a curve as twelve equal months would, to
/// 1e-4. Expects a positive sum.
std::array<int, months_per_year> slots_of(const std::vector<double>& weights);

}  // namespace corridor
