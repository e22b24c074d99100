// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace corridor::oracle {

/// A distribution on 0, step, 2 step, ... What lies between two points is split so that its mean
/// stays. Written for tests, from the definition of a convolution alone: it shares nothing with the
/// engine, neither draws nor closed forms.
struct Lattice {
  double step = 1;
  std::vector<double> mass;  ///< [point]

  Lattice(double of_step, std::size_t points) : step(of_step), mass(points) {}

  void add_atom(double x, double probability);
  /// Uniform between a and b, in any order; an atom where they are equal.
  void add_uniform(double a, double b, double probability);

  double total() const;
  double mean() const;
  double variance() const;
  double stop_loss(double attachment) const;  ///< E(X - a)+
  double survival(double threshold) const;    ///< P(X > t), read off the lattice
  /// Smallest point with P(X <= point) >= p.
  double percentile(double p) const;
};

using Spectrum = std::vector<std::complex<double>>;

Spectrum spectrum_of(const Lattice& lattice);
Lattice lattice_of(const Spectrum& spectrum, double step, std::size_t points);

/// Multiplies `product` by the `count`-th power of `factor`: the sum gains so many like terms.
void multiply(Spectrum& product, const Spectrum& factor, double count);

/// Sum of independent like terms.
Lattice self_convolved(const Lattice& term, double count);

}  // namespace corridor::oracle
