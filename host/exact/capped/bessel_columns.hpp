// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace corridor {

/// Degrees of Chebyshev moments that are tabled, and the largest frequency that they are enough
/// for.
inline constexpr int moment_degrees = 192;
inline constexpr double frequency_max = 300;

/// Degrees, an even number, after which the terms of a frequency add up to less than 1e-10.
int degrees_for(double frequency);

/// What Chebyshev moments M_m of Y are multiplied with to give E exp(i z (Y - 1/2)): Bessel's
/// J_m(z / 2) times 1 for m = 0, 2 above, with the sign of i^m; even m belong to the real part, odd
/// ones to the imaginary one.
///
/// `columns`  [degree][frequency of the block], frequencies first_z + k step_z, 0 or more
/// Source: the Jacobi-Anger expansion, Abramowitz and Stegun 9.1.44-45; J by Miller's downward
/// recurrence, 9.12.
void bessel_columns(double first_z, double step_z, int degrees, std::span<double> columns);

}  // namespace corridor
