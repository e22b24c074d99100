// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/spectrum_loops.hpp"

#include <bit>
#include <cstdint>

// Sanitizers do not know the resolver that picks a clone before they have started.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CORRIDOR_ANY_VECTOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CORRIDOR_ANY_VECTOR
#endif

namespace corridor {
namespace {

constexpr double round_shift = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer
constexpr double log2_of_e = 1.4426950408889634074;
// A logarithm of 2 and a quarter turn in parts whose products with small integers are exact.
constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
constexpr double turns_per_radian = 0.63661977236758134308;  // quarter turns
constexpr double quarter_high = 1.57079632673412561417e+00;
constexpr double quarter_middle = 6.07710050630396597660e-11;
constexpr double quarter_low = 2.02226624879595063154e-21;
constexpr double least_exponent = -700;

struct Rounded {
  double value;
  std::int64_t integer;
};
inline Rounded rounded(double x) {
  const double shifted = x + round_shift;
  return {shifted - round_shift,
          static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(shifted) -
                                    std::bit_cast<std::uint64_t>(round_shift))};
}

/// exp by its series over half a binary order; x from -700 to 700.
inline double exponential(double x) {
  const Rounded power = rounded(x * log2_of_e);
  const double r = (x - power.value * ln2_high) - power.value * ln2_low;
  double sum = 1.0 / 479001600;
  sum = sum * r + 1.0 / 39916800;
  sum = sum * r + 1.0 / 3628800;
  sum = sum * r + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  return sum * std::bit_cast<double>(static_cast<std::uint64_t>(power.integer + 1023) << 52);
}

struct Turn {
  double cosine, sine;
};

/// Cosine and sine by their series over an eighth of a turn; |y| below 10^6.
inline Turn turn(double y) {
  const Rounded quarters = rounded(y * turns_per_radian);
  const double q = quarters.value;
  const double r = ((y - q * quarter_high) - q * quarter_middle) - q * quarter_low, s = r * r;
  double sine = -1.0 / 1307674368000.0;
  sine = sine * s + 1.0 / 6227020800.0;
  sine = sine * s - 1.0 / 39916800;
  sine = sine * s + 1.0 / 362880;
  sine = sine * s - 1.0 / 5040;
  sine = sine * s + 1.0 / 120;
  sine = sine * s - 1.0 / 6;
  sine = r + r * (sine * s);
  double cosine = 1.0 / 20922789888000.0;
  cosine = cosine * s - 1.0 / 87178291200.0;
  cosine = cosine * s + 1.0 / 479001600;
  cosine = cosine * s - 1.0 / 3628800;
  cosine = cosine * s + 1.0 / 40320;
  cosine = cosine * s - 1.0 / 720;
  cosine = cosine * s + 1.0 / 24;
  cosine = cosine * s - 0.5;
  cosine = cosine * s + 1;
  const auto quarter = static_cast<std::uint64_t>(quarters.integer);
  const std::uint64_t odd = std::uint64_t{0} - (quarter & 1);
  const auto sine_bits = std::bit_cast<std::uint64_t>(sine);
  const auto cosine_bits = std::bit_cast<std::uint64_t>(cosine);
  const std::uint64_t of_sine = (sine_bits & ~odd) | (cosine_bits & odd);
  const std::uint64_t of_cosine = (cosine_bits & ~odd) | (sine_bits & odd);
  const std::uint64_t sine_sign = (quarter & 2) << 62, cosine_sign = ((quarter + 1) & 2) << 62;
  return {std::bit_cast<double>(of_cosine ^ cosine_sign),
          std::bit_cast<double>(of_sine ^ sine_sign)};
}

}  // namespace

CORRIDOR_ANY_VECTOR void add_scaled(ComplexRange to, ConstComplexRange from, double coefficient,
                                    std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  const double* __restrict a = from.re, * __restrict b = from.im;
  for (std::size_t j = 0; j < count; ++j) {
    re[j] += coefficient * a[j];
    im[j] += coefficient * b[j];
  }
}

CORRIDOR_ANY_VECTOR void add_scaled_four(ComplexRange to, const ConstComplexRange* from,
                                         const double* coefficients, std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  const double* __restrict a0 = from[0].re, * __restrict a1 = from[1].re;
  const double* __restrict a2 = from[2].re, * __restrict a3 = from[3].re;
  const double* __restrict b0 = from[0].im, * __restrict b1 = from[1].im;
  const double* __restrict b2 = from[2].im, * __restrict b3 = from[3].im;
  const double c0 = coefficients[0], c1 = coefficients[1], c2 = coefficients[2];
  const double c3 = coefficients[3];
  for (std::size_t j = 0; j < count; ++j) {
    re[j] += (c0 * a0[j] + c1 * a1[j]) + (c2 * a2[j] + c3 * a3[j]);
    im[j] += (c0 * b0[j] + c1 * b1[j]) + (c2 * b2[j] + c3 * b3[j]);
  }
}

CORRIDOR_ANY_VECTOR void add_polynomial(ComplexRange to, ConstComplexRange from,
                                        const double* coefficients, int degree, std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  const double* __restrict a = from.re, * __restrict b = from.im;
  for (std::size_t j = 0; j < count; ++j) {
    double x = 0, y = 0;
    for (int k = degree; k-- > 0;) {
      const double sum = x + coefficients[k];
      x = sum * a[j] - y * b[j];
      y = sum * b[j] + y * a[j];
    }
    re[j] += x;
    im[j] += y;
  }
}

CORRIDOR_ANY_VECTOR void multiply(ComplexRange to, ConstComplexRange factor, std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  const double* __restrict a = factor.re, * __restrict b = factor.im;
  for (std::size_t j = 0; j < count; ++j) {
    const double x = re[j] * a[j] - im[j] * b[j];
    im[j] = re[j] * b[j] + im[j] * a[j];
    re[j] = x;
  }
}

CORRIDOR_ANY_VECTOR void multiply_affine(ComplexRange to, const Affine& factor, ConstComplexRange x,
                                         std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  const double* __restrict a = x.re, * __restrict b = x.im;
  const Affine f = factor;
  for (std::size_t j = 0; j < count; ++j) {
    const double u = f.low_re + (f.top_re * a[j] - f.top_im * b[j]);
    const double v = f.low_im + (f.top_re * b[j] + f.top_im * a[j]);
    const double product = re[j] * u - im[j] * v;
    im[j] = re[j] * v + im[j] * u;
    re[j] = product;
  }
}

CORRIDOR_ANY_VECTOR void multiply_shifted(ComplexRange to, Shift shift, ConstComplexRange x,
                                          std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  const double* __restrict a = x.re, * __restrict b = x.im;
  for (std::size_t j = 0; j < count; ++j) {
    const double u = shift.re + a[j], v = shift.im + b[j];
    const double product = re[j] * u - im[j] * v;
    im[j] = re[j] * v + im[j] * u;
    re[j] = product;
  }
}

CORRIDOR_ANY_VECTOR void multiply_shifted_four(ComplexRange to, const Shift* shifts,
                                               const ConstComplexRange* x, std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  const double* __restrict a0 = x[0].re, * __restrict a1 = x[1].re;
  const double* __restrict a2 = x[2].re, * __restrict a3 = x[3].re;
  const double* __restrict b0 = x[0].im, * __restrict b1 = x[1].im;
  const double* __restrict b2 = x[2].im, * __restrict b3 = x[3].im;
  const Shift s0 = shifts[0], s1 = shifts[1], s2 = shifts[2], s3 = shifts[3];
  for (std::size_t j = 0; j < count; ++j) {
    const double u0 = s0.re + a0[j], v0 = s0.im + b0[j], u1 = s1.re + a1[j], v1 = s1.im + b1[j];
    const double u2 = s2.re + a2[j], v2 = s2.im + b2[j], u3 = s3.re + a3[j], v3 = s3.im + b3[j];
    const double x0 = u0 * u1 - v0 * v1, y0 = u0 * v1 + v0 * u1;
    const double x1 = u2 * u3 - v2 * v3, y1 = u2 * v3 + v2 * u3;
    const double p = x0 * x1 - y0 * y1, q = x0 * y1 + y0 * x1;
    const double product = re[j] * p - im[j] * q;
    im[j] = re[j] * q + im[j] * p;
    re[j] = product;
  }
}

CORRIDOR_ANY_VECTOR void square(ComplexRange to, std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  for (std::size_t j = 0; j < count; ++j) {
    const double product = re[j] * re[j] - im[j] * im[j];
    im[j] = 2 * re[j] * im[j];
    re[j] = product;
  }
}

CORRIDOR_ANY_VECTOR void add_exponential(ComplexRange to, ConstComplexRange logarithm,
                                         ConstComplexRange factor, double weight,
                                         std::size_t count) {
  double* __restrict re = to.re, * __restrict im = to.im;
  const double* __restrict a = logarithm.re, * __restrict b = logarithm.im;
  const double* __restrict u = factor.re, * __restrict v = factor.im;
  for (std::size_t j = 0; j < count; ++j) {
    const double bounded = a[j] > least_exponent ? a[j] : least_exponent;
    const double size = weight * exponential(bounded);
    const Turn at = turn(b[j]);
    const double x = size * at.cosine, y = size * at.sine;
    re[j] += x * u[j] - y * v[j];
    im[j] += x * v[j] + y * u[j];
  }
}

}  // namespace corridor
