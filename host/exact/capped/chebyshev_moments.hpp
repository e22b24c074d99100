// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "host/exact/table_law.hpp"

namespace corridor {

/// E T_m(2 Y - 1) for m = 0, 1, ... of Y = min(X / kappa, 1), T_m Chebyshev's polynomials: Y's
/// characteristic function is a sum of these times Bessel functions (bessel_columns.hpp).
///
/// `moments` is filled, one place a degree. Absolute errors are below 1e-9, at low degrees 1e-13:
/// pieces long beside a polynomial's waves are integrated in closed form, short ones, where that
/// would be a difference of like numbers, at two to four Gauss points.
void chebyshev_moments(const TableLaw& law, double kappa, std::span<double> moments);

}  // namespace corridor
