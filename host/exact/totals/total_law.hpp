// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace corridor {

/// What lies above one amount t of a year's total T, dollars.
struct TailAt {
  double probability = 0;     ///< P(T > t)
  double excess = 0;          ///< E(T - t)+
  double excess_squared = 0;  ///< E((T - t)+)^2
};

/// What will be asked of a law; an engine reaches no farther than this needs.
struct TotalDemand {
  std::vector<double> amounts_usd;  ///< of at() and error_at()
  std::vector<double> levels;       ///< of quantile(), each above 0 and below 1
};

/// Law of a group's total of a year, over all effects, in dollars, without rounding to cents.
class TotalLaw {
 public:
  virtual ~TotalLaw() = default;

  virtual double mean_usd() const = 0;
  virtual double sd_usd() const = 0;
  /// Expects an amount of the demand, or one that quantile() gave.
  virtual TailAt at(double amount_usd) const = 0;
  /// Estimates, not bounds, of how far the figures of at() are off, each 0 or more; the sum of the
  /// differences that finer settings make.
  virtual TailAt error_at(double amount_usd) const = 0;
  /// The smallest t with P(T <= t) >= level. Expects a level of the demand.
  virtual double quantile(double level) const = 0;
  virtual double quantile_error(double level) const = 0;
  virtual double mean_error_usd() const = 0;
  virtual double sd_error_usd() const = 0;
};

}  // namespace corridor
