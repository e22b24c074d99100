// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/inversion.hpp"

#include <cmath>
#include <numbers>

namespace corridor {
namespace {

/// Where the functions 1, y - a and (y - a)^2 of amounts y above a stop: they go on to the highest
/// amount, `height` above a, and fall in a straight line over the gap to the end of the period. No
/// mass is there, so any way down would do; this one has no step, which the lowest amounts, next to
/// it in a period, would feel.
struct Kernel {
  double height, gap;

  double area(int power) const {
    const double top = std::pow(height, power);
    return top * height / (power + 1) + top * gap / 2;
  }
};

/// Integrals over a period of the three functions times exp(-i z y).
struct Integrals {
  double re[3], im[3];
};

/// `at` is exp(-i z a), `top` the same at the highest amount. By parts twice: -1 / z^2 times the
/// transform of the second derivative.
Integrals integrals(double z, const double (&at)[2], const double (&top)[2], const Kernel& kernel) {
  const double inverse = 1 / z, square = inverse * inverse;
  const double fall = 1 / kernel.gap, h = kernel.height;
  Integrals result;
  result.re[0] = at[1] * inverse + (top[0] - 1) * fall * square;
  result.im[0] = -at[0] * inverse + top[1] * fall * square;
  result.re[1] = ((1 + h * fall) * top[0] - at[0] - h * fall) * square;
  result.im[1] = ((1 + h * fall) * top[1] - at[1]) * square;
  const double corner = 2 * h + h * h * fall;
  result.re[2] = (corner * top[0] - h * h * fall - 2 * (at[1] - top[1]) * inverse) * square;
  result.im[2] = (corner * top[1] + 2 * (at[0] - top[0]) * inverse) * square;
  return result;
}

/// Twice the real part of the coefficient times the integrals.
void add_term(TailAt& sum, double re, double im, const Integrals& of) {
  sum.probability += 2 * (re * of.re[0] - im * of.im[0]);
  sum.excess += 2 * (re * of.re[1] - im * of.im[1]);
  sum.excess_squared += 2 * (re * of.re[2] - im * of.im[2]);
}

TailAt constant_term(double weight, const Kernel& kernel) {
  return {weight * kernel.area(0), weight * kernel.area(1), weight * kernel.area(2)};
}

TailAt below_all(const Coefficients& part, double amount) {
  return {part.weight(), part.mean - amount * part.weight(),
          part.square - 2 * amount * part.mean + amount * amount * part.weight()};
}

BandTail inside(const BandSpectrum& band, double amount) {
  const Kernel kernel{band.width - amount, band.period - band.width};
  const double step = 2 * std::numbers::pi / band.period;
  BandTail sum{{constant_term(band.halves[0].weight(), kernel),
                constant_term(band.halves[1].weight(), kernel)},
               {}};
  for (std::size_t k = 1; k < band.halves[0].re.size(); ++k) {
    const double z = step * static_cast<double>(k);
    const Integrals of = integrals(z, {std::cos(z * amount), -std::sin(z * amount)},
                                   {band.top.re[k], band.top.im[k]}, kernel);
    add_term(sum.halves[0], band.halves[0].re[k], band.halves[0].im[k], of);
    add_term(sum.halves[1], band.halves[1].re[k], band.halves[1].im[k], of);
    add_term(sum.interpolation, band.interpolation.re[k], band.interpolation.im[k], of);
  }
  const double share = 1 / band.period;
  return {{share * sum.halves[0], share * sum.halves[1]}, share * sum.interpolation};
}

}  // namespace

TailAt operator+(const TailAt& a, const TailAt& b) {
  return {a.probability + b.probability, a.excess + b.excess, a.excess_squared + b.excess_squared};
}

TailAt operator*(double factor, const TailAt& tail) {
  return {factor * tail.probability, factor * tail.excess, factor * tail.excess_squared};
}

BandTail tail_of(const BandSpectrum& band, double amount) {
  const double above_origin = amount - band.origin;
  if (above_origin >= band.width) return {};
  if (above_origin <= 0) {
    return {{below_all(band.halves[0], above_origin), below_all(band.halves[1], above_origin)}, {}};
  }
  return inside(band, above_origin);
}

TailAt truncation_of(const BandSpectrum& band) {
  const double z = band.last_frequency > 0 ? band.last_frequency : 1;
  const double size = band.last_size / std::numbers::pi;
  return {size, size / z, size / (z * z)};
}

}  // namespace corridor
