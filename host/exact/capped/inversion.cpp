// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/inversion.hpp"

#include <cmath>
#include <numbers>

namespace corridor {
namespace {

/// Integrals over y from 0 to `rest` of exp(-i z y), y exp(-i z y), y^2 exp(-i z y), times
/// exp(-i z a), z a frequency of the period a + rest.
struct Integrals {
  double re[3], im[3];
};

Integrals integrals(double z, double cosine, double sine, double rest) {
  const double ur = 1 - cosine, ui = sine;  // 1 - exp(-i z a)
  const double inverse = 1 / z, square = inverse * inverse;
  return {{-ui * inverse, ur * square, 2 * (rest + ui * inverse) * square},
          {ur * inverse, rest * inverse + ui * square,
           rest * rest * inverse - 2 * ur * square * inverse}};
}

/// Twice the real part of the coefficient times the integrals.
void add_term(TailAt& sum, double re, double im, const Integrals& of) {
  sum.probability += 2 * (re * of.re[0] - im * of.im[0]);
  sum.excess += 2 * (re * of.re[1] - im * of.im[1]);
  sum.excess_squared += 2 * (re * of.re[2] - im * of.im[2]);
}

TailAt constant_term(double weight, double rest) {
  return {weight * rest, weight * rest * rest / 2, weight * rest * rest * rest / 3};
}

TailAt below_all(const Coefficients& part, double amount) {
  return {part.weight(), part.mean - amount * part.weight(),
          part.square - 2 * amount * part.mean + amount * amount * part.weight()};
}

BandTail inside(const BandSpectrum& band, double amount) {
  const double rest = band.period - amount, step = 2 * std::numbers::pi / band.period;
  BandTail sum{
      {constant_term(band.halves[0].weight(), rest), constant_term(band.halves[1].weight(), rest)},
      {}};
  for (std::size_t k = 1; k < band.halves[0].re.size(); ++k) {
    const double z = step * static_cast<double>(k);
    const Integrals of = integrals(z, std::cos(z * amount), std::sin(z * amount), rest);
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
  if (above_origin >= band.period) return {};
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
