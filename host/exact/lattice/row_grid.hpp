// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

namespace corridor {

/// Logarithms of scales, equally spaced, between which rows are interpolated.
struct RowGrid {
  double step = 0.05;
  double shift = 0;  ///< of row 0 from the scale 1, in steps

  /// The four rows around a scale and their weights in a cubic.
  struct Four {
    int first;
    std::array<double, 4> weight;
  };
  Four around(double log_scale) const {
    const double position = log_scale / step - shift;
    const double left = std::floor(position), u = position - left;
    return {static_cast<int>(left) - 1,
            {-u * (u - 1) * (u - 2) / 6, (u + 1) * (u - 1) * (u - 2) / 2,
             -(u + 1) * u * (u - 2) / 2, (u + 1) * u * (u - 1) / 6}};
  }
  /// The same for what grows with a power of the scale, which then is left out of the cubic.
  Four around(double log_scale, double power) const {
    Four four = around(log_scale);
    const double growth = std::exp(-power * step);
    double factor = std::exp(power * (log_scale - (four.first + shift) * step));
    for (double& weight : four.weight) {
      weight *= factor;
      factor *= growth;
    }
    return four;
  }
  double scale(int row) const { return std::exp((row + shift) * step); }
  bool operator==(const RowGrid&) const = default;
};

}  // namespace corridor
