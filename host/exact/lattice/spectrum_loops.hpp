// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace corridor {

/// Complex arrays as pairs of real ones, so that the loops below run in vectors. None adds across
/// its elements: the bits are the same at every vector width.
struct ComplexRange {
  double* re;
  double* im;
};
struct ConstComplexRange {
  const double* re;
  const double* im;
};

/// to += coefficient * from
void add_scaled(ComplexRange to, ConstComplexRange from, double coefficient, std::size_t count);
/// The same for four ranges at once, which spares most of the traffic of `to`.
void add_scaled_four(ComplexRange to, const ConstComplexRange* from, const double* coefficients,
                     std::size_t count);
/// to += c[0] from + c[1] from^2 + ... + c[degree - 1] from^degree
void add_polynomial(ComplexRange to, ConstComplexRange from, const double* coefficients, int degree,
                    std::size_t count);
/// to *= factor
void multiply(ComplexRange to, ConstComplexRange factor, std::size_t count);
/// low + top * x
struct Affine {
  double low_re, low_im, top_re, top_im;
};
/// to *= low + top * x
void multiply_affine(ComplexRange to, const Affine& factor, ConstComplexRange x, std::size_t count);
struct Shift {
  double re, im;
};
/// to *= shift + x, and the same for four ranges at once, which spares most of the traffic of `to`.
void multiply_shifted(ComplexRange to, Shift shift, ConstComplexRange x, std::size_t count);
void multiply_shifted_four(ComplexRange to, const Shift* shifts, const ConstComplexRange* x,
                           std::size_t count);
/// to *= to
void square(ComplexRange to, std::size_t count);
/// to += weight * exp(logarithm) * factor
void add_exponential(ComplexRange to, ConstComplexRange logarithm, ConstComplexRange factor,
                     double weight, std::size_t count);

}  // namespace corridor
