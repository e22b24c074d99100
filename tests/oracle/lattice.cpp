// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/lattice.hpp"

#include <fftw3.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace corridor::oracle {
namespace {

struct DestroyPlan {
  void operator()(fftw_plan_s* plan) const { fftw_destroy_plan(plan); }
};
using Plan = std::unique_ptr<fftw_plan_s, DestroyPlan>;

fftw_complex* fftw_view(Spectrum& spectrum) {
  return reinterpret_cast<fftw_complex*>(spectrum.data());
}

}  // namespace

void Lattice::add_atom(double x, double probability) {
  const double position = x / step;
  const auto left = static_cast<std::size_t>(position);
  const double share = position - std::floor(position);
  mass.at(left) += probability * (1 - share);
  if (share > 0) mass.at(left + 1) += probability * share;
}

// Inside one cell the split is linear in x, so the part of the interval in a cell counts as an atom
// at its middle.
void Lattice::add_uniform(double a, double b, double probability) {
  const double low = std::min(a, b), high = std::max(a, b);
  if (high - low < 1e-9 * step) return add_atom((low + high) / 2, probability);
  for (double left = low; left < high;) {
    const double right = std::min(high, (std::floor(left / step) + 1) * step);
    if (right <= left) break;
    add_atom((left + right) / 2, probability * (right - left) / (high - low));
    left = right;
  }
}

double Lattice::total() const {
  double sum = 0;
  for (const double m : mass) sum += m;
  return sum;
}

double Lattice::mean() const {
  double sum = 0;
  for (std::size_t k = 0; k < mass.size(); ++k) sum += mass[k] * static_cast<double>(k);
  return sum * step;
}

double Lattice::variance() const {
  const double centre = mean() / step;
  double sum = 0;
  for (std::size_t k = 0; k < mass.size(); ++k) {
    const double distance = static_cast<double>(k) - centre;
    sum += mass[k] * distance * distance;
  }
  return sum * step * step;
}

double Lattice::stop_loss(double attachment) const {
  double sum = 0;
  for (std::size_t k = mass.size(); k-- > 0;) {
    const double excess = static_cast<double>(k) * step - attachment;
    if (excess <= 0) break;
    sum += mass[k] * excess;
  }
  return sum;
}

double Lattice::survival(double threshold) const {
  double sum = 0;
  for (std::size_t k = mass.size(); k-- > 0;) {
    if (static_cast<double>(k) * step <= threshold) break;
    sum += mass[k];
  }
  return sum;
}

double Lattice::percentile(double p) const {
  double below = 0;
  for (std::size_t k = 0; k < mass.size(); ++k) {
    below += mass[k];
    if (below >= p) return static_cast<double>(k) * step;
  }
  return static_cast<double>(mass.size()) * step;
}

Spectrum spectrum_of(const Lattice& lattice) {
  std::vector<double> points = lattice.mass;
  Spectrum spectrum(points.size() / 2 + 1);
  const Plan plan(fftw_plan_dft_r2c_1d(static_cast<int>(points.size()), points.data(),
                                       fftw_view(spectrum), FFTW_ESTIMATE));
  fftw_execute(plan.get());
  return spectrum;
}

Lattice lattice_of(const Spectrum& spectrum, double step, std::size_t points) {
  Spectrum scratch = spectrum;  // the inverse transform overwrites what it reads
  Lattice lattice(step, points);
  const Plan plan(fftw_plan_dft_c2r_1d(static_cast<int>(points), fftw_view(scratch),
                                       lattice.mass.data(), FFTW_ESTIMATE));
  fftw_execute(plan.get());
  for (double& m : lattice.mass) m /= static_cast<double>(points);
  return lattice;
}

void multiply(Spectrum& product, const Spectrum& factor, double count) {
  for (std::size_t k = 0; k < product.size(); ++k) {
    // The phase need not be unwrapped: count is a whole number.
    const double size = std::abs(factor[k]);
    if (size == 0) {
      product[k] = 0;
    } else {
      product[k] *= std::polar(std::pow(size, count), count * std::arg(factor[k]));
    }
  }
}

Lattice self_convolved(const Lattice& term, double count) {
  Spectrum product(term.mass.size() / 2 + 1, {1, 0});
  multiply(product, spectrum_of(term), count);
  return lattice_of(product, term.step, term.mass.size());
}

}  // namespace corridor::oracle
