// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/joint_lattice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "host/exact/joint/payout_terms.hpp"
#include "host/exact/lattice/complex_transform.hpp"
#include "host/exact/lattice/spectrum_loops.hpp"

namespace corridor {
namespace {

using Complex = std::complex<double>;

constexpr double log_negligible = -30;
constexpr std::size_t chunk = 256;

Complex at(const std::vector<double>& re, const std::vector<double>& im, std::size_t j) {
  return {re[j], im[j]};
}

/// Without the care of std::abs for amounts near the ends of double.
double absolute(double re, double im) { return std::sqrt(re * re + im * im); }

}  // namespace

JointLattice::JointLattice(const std::vector<JointSlice>& slices, const SliceNodes& nodes,
                           const JointGrid& grid)
    : grid_(grid),
      rows_(grid.counted.points),
      whole_(grid.counted.points),
      cross_(grid.counted.points) {
  RealTransform of_counted(grid.counted.points), of_paid(grid.paid.points);
  for (std::size_t s = 0; s < slices.size(); ++s) {
    for (const EffectNode& node : nodes[s]) {
      add(joint_transforms(slices[s], node.log_severity, grid, of_counted, of_paid),
          slices[s].years.weight * node.weight);
    }
  }
}

/// |low| + |top| * chance is the largest that a person's transform can be, and hardly above 1.
bool JointLattice::matters(const JointTransforms& persons, std::size_t z, double weight) {
  const double least = log_negligible - std::log(weight);
  if (std::log(persons.nothing) > least) return true;
  double bound = 0;
  for (const auto& person : persons.persons) {
    const double size = absolute(person.low_re[z], person.low_im[z]) +
                        absolute(person.top_re[z], person.top_im[z]) * person.chance;
    bound += person.count * std::log(std::max(size, 1e-300));
    if (bound < least - 1) return false;
  }
  return bound > least;
}

void JointLattice::add(const JointTransforms& persons, double weight) {
  nothing_ += weight * persons.nothing;
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    if (matters(persons, z, weight)) add_row(persons, z, weight);
  }
  add_cross(persons, weight);
}

void JointLattice::add_row(const JointTransforms& persons, std::size_t z, double weight) {
  Row& row = rows_[z];
  const std::size_t frequencies = grid_.paid.points / 2 + 1;
  if (!row.used) {
    row.used = true;
    row.re.assign(frequencies, 0);
    row.im.assign(frequencies, 0);
  }
  for (std::size_t first = 0; first < frequencies; first += chunk) {
    const std::size_t count = std::min(chunk, frequencies - first);
    std::array<double, chunk> re, im;
    re.fill(1);
    im.fill(0);
    for (const auto& person : persons.persons) {
      const ConstComplexRange high{person.high.re.data() + first, person.high.im.data() + first};
      const Affine factor{person.low_re[z], person.low_im[z], person.top_re[z], person.top_im[z]};
      for (double left = person.count; left >= 1; --left) {
        multiply_affine({re.data(), im.data()}, factor, high, count);
      }
    }
    for (std::size_t j = 0; j < count; ++j) re[j] -= persons.nothing;
    add_scaled({row.re.data() + first, row.im.data() + first}, {re.data(), im.data()}, weight,
               count);
  }
}

// Leaving a person out divides by that person's transform; where that has vanished the product has.
void JointLattice::add_cross(const JointTransforms& persons, double weight) {
  for (const auto& person : persons.persons) {
    paid_mean_ += weight * person.count * person.mean_steps;
  }
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    Complex product = 1, sum = 0;
    for (const auto& person : persons.persons) {
      const Complex top = at(person.top_re, person.top_im, z);
      const Complex of_person = at(person.low_re, person.low_im, z) + top * person.chance;
      if (std::abs(of_person) > 1e-12) sum += person.count * person.mean_steps * top / of_person;
      product *= std::pow(of_person, static_cast<int>(person.count));
    }
    whole_[z] += weight * (product - persons.nothing);
    cross_[z] += weight * product * sum;
  }
}

/// The other half of a row's frequencies is the mirrored row's, conjugate.
std::vector<Complex> JointLattice::masses_at(std::size_t z) const {
  const std::size_t points = grid_.paid.points;
  const Row &row = rows_[z], &mirrored = rows_[(rows_.size() - z) % rows_.size()];
  std::vector<Complex> all(points);
  for (std::size_t j = 0; j <= points / 2; ++j) all[j] = at(row.re, row.im, j);
  for (std::size_t j = points / 2 + 1; j < points; ++j) {
    if (mirrored.used) all[j] = std::conj(at(mirrored.re, mirrored.im, points - j));
  }
  return ComplexTransform(points, true)(all);
}

void JointLattice::retain(std::size_t retained_steps) {
  const std::size_t points = grid_.paid.points;
  const double tilt = grid_.paid.tilt, shift = std::exp(tilt * static_cast<double>(retained_steps));
  const ComplexTransform forward(points, false);
  std::vector<Row> kept(rows_.size());
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    if (!rows_[z].used) continue;
    const std::vector<Complex> mass = masses_at(z);
    std::vector<Complex> left(points);
    for (std::size_t k = 0; k < points; ++k) {
      if (k <= retained_steps) {
        left[0] += mass[k] * std::exp(tilt * static_cast<double>(k));
      } else {
        left[k - retained_steps] += mass[k] * shift;
      }
    }
    // Euler and Maclaurin's term at the kink.
    const Complex kink = mass[retained_steps] * shift / 12.0;
    left[0] -= kink;
    left[1] += kink * std::exp(-tilt);
    const std::vector<Complex> back = forward(left);
    kept[z].used = true;
    for (std::size_t j = 0; j <= points / 2; ++j) {
      kept[z].re.push_back(back[j].real());
      kept[z].im.push_back(back[j].imag());
    }
  }
  rows_ = std::move(kept);
}

/// The law's density at a counted amount A, in steps, is the sum of rows times exp(growth * A),
/// over the points; without a tilt, which would enlarge what a transform that has not died away
/// leaves far from the claims.
Complex JointLattice::growth(std::size_t z) const {
  const double points = static_cast<double>(rows_.size());
  const double signed_z = static_cast<double>(z) - (2 * z > rows_.size() ? points : 0);
  return {0, 2 * std::numbers::pi * signed_z / points};
}

/// Integrals of the payout times the density's terms.
std::vector<Complex> JointLattice::weights_of(const CountedPayout& payout) const {
  const PayoutSteps steps(payout, grid_);
  const double width = steps.to - steps.from;
  std::vector<Complex> weights(rows_.size());
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    const Complex c = growth(z);
    const Complex rising = std::exp(c * steps.from) * exponential_moment(c, width);
    const Complex level = std::exp(c * steps.to) * exponential_area(c, steps.end - steps.to);
    const Complex all = rising + width * (level + PayoutFall(grid_, c).high);
    weights[z] = payout.slope * grid_.counted_step_usd * all / static_cast<double>(rows_.size());
  }
  return weights;
}

double JointLattice::paid_times(const CountedPayout& payout) const {
  const std::vector<Complex> weights = weights_of(payout);
  Complex sum = 0;
  for (std::size_t z = 0; z < rows_.size(); ++z) sum += weights[z] * cross_[z];
  return sum.real() * grid_.paid_step_usd;
}

double JointLattice::payout_mean(const CountedPayout& payout) const {
  const std::vector<Complex> weights = weights_of(payout);
  Complex sum = 0;
  for (std::size_t z = 0; z < rows_.size(); ++z) sum += weights[z] * whole_[z];
  return sum.real();
}

double JointLattice::paid_mean(std::size_t retained_steps) const {
  if (retained_steps == 0) return paid_mean_ * grid_.paid_step_usd;
  std::vector<Complex> everywhere(rows_.size());
  everywhere[0] = 1;
  return (paid_mean_ - (1 - nothing_) * static_cast<double>(retained_steps) +
          shortfall(retained_steps, everywhere)) *
         grid_.paid_step_usd;
}

double JointLattice::shortfall_times(std::size_t retained_steps,
                                     const CountedPayout& payout) const {
  return shortfall(retained_steps, weights_of(payout)) * grid_.paid_step_usd;
}

double JointLattice::shortfall(std::size_t retained_steps,
                               const std::vector<Complex>& weights) const {
  Complex sum = 0;
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    if (!rows_[z].used) continue;
    const std::vector<Complex> mass = masses_at(z);
    Complex short_by = 0;
    for (std::size_t k = 0; k < retained_steps; ++k) {
      short_by += mass[k] * std::exp(grid_.paid.tilt * static_cast<double>(k)) *
                  static_cast<double>(retained_steps - k);
    }
    short_by += mass[retained_steps] *
                std::exp(grid_.paid.tilt * static_cast<double>(retained_steps)) / 12.0;
    sum += weights[z] * short_by;
  }
  return sum.real();
}

std::vector<double> JointLattice::total(const CountedPayout& payout) const {
  const std::size_t points = grid_.paid.points;
  const std::size_t middle = rows_.size() / 2;
  std::vector<PayoutTerms> terms;
  std::vector<std::size_t> used;
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    if (!rows_[z].used) continue;
    used.push_back(z);
    terms.emplace_back(payout, grid_, growth(z));
  }
  // The highest frequency stands for both of its signs, or the masses would not be real.
  const PayoutTerms mirrored(payout, grid_, std::conj(growth(middle)));
  Spectrum sum(points / 2 + 1);
  for (std::size_t w = 0; w < sum.size(); ++w) {
    const Complex frequency(-grid_.paid.tilt, -2 * std::numbers::pi * static_cast<double>(w) /
                                                  static_cast<double>(points));
    const PayoutFrequency at_w(payout, grid_, frequency);
    Complex all = nothing_;
    for (std::size_t i = 0; i < used.size(); ++i) {
      Complex transform = terms[i].transform(at_w);
      if (used[i] == middle) transform = (transform + mirrored.transform(at_w)) / 2.0;
      all += transform * at(rows_[used[i]].re, rows_[used[i]].im, w);
    }
    sum.re[w] = all.real();
    sum.im[w] = all.imag();
  }
  RealTransform transform(points);
  std::vector<double> mass = transform.inverse(sum);
  for (std::size_t k = 0; k < points; ++k) {
    mass[k] *= std::exp(grid_.paid.tilt * static_cast<double>(k));
  }
  return mass;
}

}  // namespace corridor
