// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/lattice_row.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/exact/lattice/cell_spread.hpp"
#include "host/exact/lattice/spectrum_loops.hpp"

namespace corridor {
namespace {

constexpr double series_reach = 0.3, no_chance = 1e-300, rounding = 1e-16;

PaidMoments mixed_moments(const std::vector<LawPart>& mixture, const PaidFunction& paid,
                          double scale) {
  PaidMoments sum;
  for (const LawPart& part : mixture) {
    const PaidMoments of_law = paid_moments(paid, *part.law, scale);
    sum.positive += part.weight * of_law.positive;
    sum.mean += part.weight * of_law.mean;
    sum.square += part.weight * of_law.square;
  }
  return sum;
}

double largest_size(const Spectrum& spectrum) {
  double square = 0;
  for (std::size_t j = 0; j < spectrum.size(); ++j) {
    square = std::max(square, spectrum.re[j] * spectrum.re[j] + spectrum.im[j] * spectrum.im[j]);
  }
  return std::sqrt(square);
}

Spectrum series_logarithm(const Spectrum& plain, double size) {
  const int degree = size > 0 ? static_cast<int>(std::log(rounding) / std::log(size)) + 1 : 1;
  std::vector<double> coefficients;
  for (int k = 1; k <= degree; ++k) coefficients.push_back((k % 2 == 1 ? 1.0 : -1.0) / k);
  Spectrum logarithm(plain.size());
  add_polynomial({logarithm.re.data(), logarithm.im.data()}, {plain.re.data(), plain.im.data()},
                 coefficients.data(), degree, plain.size());
  return logarithm;
}

Spectrum logarithm_of(const Spectrum& plain) {
  const double size = largest_size(plain);
  if (size < series_reach) return series_logarithm(plain, size);
  constexpr double whole_turn = 2 * std::numbers::pi;
  Spectrum logarithm(plain.size());
  double before = 0;
  for (std::size_t j = 0; j < plain.size(); ++j) {
    const double re = 1 + plain.re[j], im = plain.im[j];
    const double phase = std::atan2(im, re);
    logarithm.re[j] = std::log(std::max(no_chance, re * re + im * im)) / 2;
    before = logarithm.im[j] = phase + whole_turn * std::round((before - phase) / whole_turn);
  }
  return logarithm;
}

}  // namespace

Spectrum plain_spectrum(CellSpread& spread, double positive, const LatticeShape& shape,
                        RealTransform& transform) {
  std::vector<double> mass = spread.finish();
  const double factor = std::exp(-shape.tilt);
  double tilt = 1;
  for (double& m : mass) {
    m *= tilt;
    tilt *= factor;
  }
  mass[0] -= positive;
  return transform.forward(mass);
}

LatticeRow lattice_row(const std::vector<LawPart>& mixture, const PaidFunction& paid, double scale,
                       RowForm form, const LatticeShape& shape, RealTransform& transform) {
  const PaidMoments moments = mixed_moments(mixture, paid, scale);
  CellSpread spread(shape.points);
  for (const LawPart& part : mixture) spread.add(paid, *part.law, scale, part.weight);
  Spectrum plain = plain_spectrum(spread, moments.positive, shape, transform);
  if (form == RowForm::plain) {
    return {std::move(plain), -moments.positive, moments.mean, moments.square};
  }
  const double log_none = std::log(std::max(no_chance, 1 - moments.positive));
  const double mean_squared = moments.mean * moments.mean;
  Spectrum logarithm = logarithm_of(plain);
  if (form == RowForm::logarithm) {
    return {std::move(logarithm), log_none, moments.mean, moments.square - mean_squared};
  }
  add_scaled({logarithm.re.data(), logarithm.im.data()}, {plain.re.data(), plain.im.data()}, -1,
             plain.size());
  return {std::move(logarithm), log_none + moments.positive, 0, -mean_squared};
}

// The second derivative of U^2 at the frequency 0 is 2 U'^2, that of higher powers 0.
LatticeRow power_of(const LatticeRow& plain, int power) {
  LatticeRow row{plain.spectrum, plain.at_zero, 0, 0};
  const ConstComplexRange factor{plain.spectrum.re.data(), plain.spectrum.im.data()};
  for (int i = 1; i < power; ++i) {
    multiply({row.spectrum.re.data(), row.spectrum.im.data()}, factor, row.spectrum.size());
    row.at_zero *= plain.at_zero;
  }
  if (power == 2) row.square = 2 * plain.mean * plain.mean;
  return row;
}

}  // namespace corridor
