// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/joint_lattice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "host/exact/joint/payout_terms.hpp"
#include "host/exact/lattice/complex_transform.hpp"
#include "host/exact/lattice/spectrum_loops.hpp"

namespace corridor {
namespace {

using Complex = std::complex<double>;

constexpr double log_negligible = -25;
/// Products are taken of low / top + high while those of the tops stay above its exponential.
constexpr double log_small = -300;
/// Frequencies of what is paid at a time: those of some hundred persons stay near the processor
/// while all frequencies of what is counted need them.
constexpr std::size_t chunk = 64;

Complex at(const std::vector<double>& re, const std::vector<double>& im, std::size_t j) {
  return {re[j], im[j]};
}

/// Without the care of std::abs, and of division, for amounts near the ends of double.
double absolute(Complex of) { return std::sqrt(std::norm(of)); }
Complex quotient(Complex of, Complex by) { return of * std::conj(by) / std::norm(by); }

Complex power(Complex of, double count) {
  return count == 1 ? of : std::pow(of, static_cast<int>(count));
}

/// The persons at one frequency of counted claims, a block of frequencies of what is paid at a
/// time. What is counted of a person's highest claims, mostly the same for all, stands before the
/// product: two of the six multiplications of low + top * high are left then.
class JointProduct {
 public:
  JointProduct(const JointTransforms& persons, std::size_t z) {
    double log_tops = 0, turn = 0;
    for (const auto& person : persons.persons) {
      const Complex low = both_sides(person.low, z), top = both_sides(*person.top, z);
      factors_.push_back({&person.high, low, top, person.count});
      log_tops += person.count * std::log(absolute(top));
      turn += person.count * std::arg(top);
    }
    plain_ = log_tops > log_small;
    if (!plain_) return;
    tops_ = std::polar(std::exp(log_tops), turn);
    for (Factor& factor : factors_) factor.low = quotient(factor.low, factor.top);
  }

  void block(std::size_t first, std::size_t count, ComplexRange to) const {
    const Complex start = plain_ ? tops_ : 1;
    std::fill_n(to.re, count, start.real());
    std::fill_n(to.im, count, start.imag());
    std::array<Shift, 4> shifts;
    std::array<ConstComplexRange, 4> ranges;
    std::size_t waiting = 0;
    for (const Factor& factor : factors_) {
      const ConstComplexRange high{factor.high->re.data() + first, factor.high->im.data() + first};
      if (!plain_ || factor.count >= few) {
        multiply_power(factor, high, count, to);
        continue;
      }
      for (double left = factor.count; left >= 1; --left) {
        shifts[waiting] = {factor.low.real(), factor.low.imag()};
        ranges[waiting] = high;
        if (++waiting < 4) continue;
        multiply_shifted_four(to, shifts.data(), ranges.data(), count);
        waiting = 0;
      }
    }
    for (std::size_t i = 0; i < waiting; ++i) multiply_shifted(to, shifts[i], ranges[i], count);
  }

 private:
  struct Factor {
    const Spectrum* high;
    Complex low, top;
    double count;
  };
  static constexpr double few = 6;  ///< persons alike for whom powers are not worth it

  void multiply_power(const Factor& factor, ConstComplexRange high, std::size_t count,
                      ComplexRange to) const {
    std::array<double, chunk> re, im;
    const ComplexRange power{re.data(), im.data()};
    std::fill_n(power.re, count, 1);
    std::fill_n(power.im, count, 0);
    if (plain_) {
      multiply_shifted(power, {factor.low.real(), factor.low.imag()}, high, count);
    } else {
      multiply_affine(
          power, {factor.low.real(), factor.low.imag(), factor.top.real(), factor.top.imag()}, high,
          count);
    }
    for (auto left = static_cast<std::uint64_t>(factor.count); left > 0; left /= 2) {
      if (left % 2 == 1) multiply(to, {power.re, power.im}, count);
      if (left > 1) square(power, count);
    }
  }

  std::vector<Factor> factors_;
  bool plain_ = false;
  Complex tops_ = 1;
};

}  // namespace

JointLattice::JointLattice(const std::vector<JointSlice>& slices, const SliceNodes& nodes,
                           const JointGrid& grid)
    : grid_(grid),
      rows_(grid.counted.points),
      unpaid_(grid.counted.points),
      whole_(grid.counted.points),
      cross_(grid.counted.points) {
  JointTransformer transformer(grid);
  for (std::size_t s = 0; s < slices.size(); ++s) {
    for (const EffectNode& node : nodes[s]) {
      add(transformer(slices[s], node.log_severity), slices[s].years.weight * node.weight);
    }
  }
}

/// |low| + |top| * chance is the largest that a person's transform can be, and hardly above 1.
bool JointLattice::matters(const JointTransforms& persons, std::size_t z, double weight) {
  const double least = log_negligible - std::log(weight);
  if (std::log(persons.nothing) > least) return true;
  double bound = 0;
  for (const auto& person : persons.persons) {
    const double size = absolute(both_sides(person.low, z)) +
                        absolute(both_sides(*person.top, z)) * person.chance;
    bound += person.count * std::log(std::max(size, 1e-300));
    if (bound < least - 1) return false;
  }
  return bound > least;
}

void JointLattice::add(const JointTransforms& persons, double weight) {
  nothing_ += weight * persons.nothing;
  for (const auto& person : persons.persons) {
    paid_mean_ += weight * person.count * person.mean_steps;
  }
  std::vector<std::size_t> used;
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    if (matters(persons, z, weight)) used.push_back(z);
  }
  for (const std::size_t z : used) add_sums(persons, z, weight);
  add_rows(persons, used, weight);
}

void JointLattice::add_rows(const JointTransforms& persons, const std::vector<std::size_t>& used,
                            double weight) {
  const std::size_t frequencies = grid_.paid.points / 2 + 1;
  std::vector<JointProduct> products;
  for (const std::size_t z : used) {
    products.emplace_back(persons, z);
    if (rows_[z].used) continue;
    rows_[z] = {true, std::vector<double>(frequencies), std::vector<double>(frequencies)};
  }
  for (std::size_t first = 0; first < frequencies; first += chunk) {
    const std::size_t count = std::min(chunk, frequencies - first);
    for (std::size_t i = 0; i < used.size(); ++i) {
      Row& row = rows_[used[i]];
      std::array<double, chunk> re, im;
      products[i].block(first, count, {re.data(), im.data()});
      for (std::size_t j = 0; j < count; ++j) re[j] -= persons.nothing;
      add_scaled({row.re.data() + first, row.im.data() + first}, {re.data(), im.data()}, weight,
                 count);
    }
  }
}

// Leaving a person out divides by that person's transform; where that has vanished the product has.
void JointLattice::add_sums(const JointTransforms& persons, std::size_t z, double weight) {
  Complex product = 1, unpaid = 1, sum = 0;
  for (const auto& person : persons.persons) {
    const Complex low = both_sides(person.low, z), top = both_sides(*person.top, z);
    const Complex of_person = low + top * person.chance;
    if (absolute(of_person) > 1e-12) {
      sum += person.count * person.mean_steps * quotient(top, of_person);
    }
    product *= power(of_person, person.count);
    unpaid *= power(low, person.count);
  }
  unpaid_[z] += weight * (unpaid - persons.nothing);
  whole_[z] += weight * (product - persons.nothing);
  cross_[z] += weight * product * sum;
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

/// P(paid <= retained) at each frequency of counted claims, years without any left out.
std::vector<Complex> JointLattice::unpaid(std::size_t retained_steps) const {
  if (retained_steps == 0) return unpaid_;
  std::vector<Complex> all(rows_.size());
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    if (!rows_[z].used) continue;
    const std::vector<Complex> mass = masses_at(z);
    const auto untilted = [&](std::size_t k) {
      return mass[k] * std::exp(grid_.paid.tilt * static_cast<double>(k));
    };
    const std::size_t last = retained_steps;
    for (std::size_t k = 0; k < last; ++k) all[z] += untilted(k);
    // Euler and Maclaurin's terms. What is not paid at all is an atom, no density.
    const Complex before = untilted(last - 1) - (last == 1 ? unpaid_[z] : 0);
    all[z] += untilted(last) / 2.0 - (untilted(last + 1) - before) / 24.0;
  }
  return all;
}

double JointLattice::chance_of_nothing(const std::vector<Complex>& unpaid,
                                       const CountedPayout& payout) const {
  const PayoutSteps steps(payout, grid_);
  Complex sum = 0;
  for (std::size_t z = 0; z < rows_.size(); ++z) {
    if (!rows_[z].used) continue;
    const Complex c = growth(z);
    sum += unpaid[z] * (exponential_area(c, steps.from) + PayoutFall(grid_, c).nothing);
  }
  return nothing_ + sum.real() / static_cast<double>(rows_.size());
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
