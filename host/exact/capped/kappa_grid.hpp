// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

namespace corridor {

/// Rows of log kappa, kappa being a cap over a person's scale: what is tabled of min(X / kappa, 1)
/// is tabled at log kappa = row * step. Rows are the same for all laws, so that mixtures can be
/// taken row by row.
inline constexpr double kappa_step = 0.05;

/// Rows on either side of a point that interpolation reads.
inline constexpr int rows_before = 2, rows_after = 3;

/// Where a point lies between rows, and the weights of the six rows around it, from
/// row - rows_before up.
struct RowWeights {
  int row = 0;
  std::array<double, 6> weight{};
};

/// Lagrange's polynomial of degree 5 through six rows; `at` in rows.
inline RowWeights six_rows(double at) {
  const double row = std::floor(at), t = at - row;
  const double a = t + 2, b = t + 1, c = t, d = t - 1, e = t - 2, f = t - 3;
  const double ab = a * b, cd = c * d, ef = e * f;
  return {static_cast<int>(row),
          {b * cd * ef / -120, a * cd * ef / 24, ab * d * ef / -12, ab * c * ef / 12,
           ab * cd * f / -24, ab * cd * e / 120}};
}

/// The cubic through the four rows nearest, in the same six places: what six_rows is judged by.
inline RowWeights four_rows(double at) {
  const double row = std::floor(at), t = at - row;
  const double b = t + 1, c = t, d = t - 1, e = t - 2;
  return {static_cast<int>(row),
          {0, c * d * e / -6, b * d * e / 2, b * c * e / -2, b * c * d / 6, 0}};
}

}  // namespace corridor
