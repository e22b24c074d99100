// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace corridor {

/// Least squares of several targets on the same controls, year by year.
class Regression {
 public:
  Regression(std::size_t controls, std::size_t targets);

  void add(std::span<const double> controls, std::span<const double> targets);

  std::size_t count() const { return count_; }
  /// Slopes of one target after another, [target][control]. A control that the ones before it
  /// explain all but 1e-9 of, or that never varies, has slopes of 0.
  std::vector<std::vector<double>> slopes() const;

 private:
  std::size_t controls_, targets_, count_ = 0;
  std::vector<double> sums_;      ///< of controls, then of targets
  std::vector<double> products_;  ///< [control][control, then target]
};

}  // namespace corridor
