// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/lattice_curve.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

/// Below this point the density's start at 0 spoils Euler and Maclaurin's terms.
constexpr std::size_t start = 4;
constexpr double alone = 4;  ///< an atom is so many times as large as its neighbours

/// Value, slope and curvature at the two ends of an interval of length `width`.
struct Ends {
  double value[2], slope[2], curvature[2], width;
};

struct Polynomial {
  double coefficient[6];

  double value(double u) const {
    double sum = 0;
    for (int i = 6; i-- > 0;) sum = sum * u + coefficient[i];
    return sum;
  }
  double slope(double u) const {
    double sum = 0;
    for (int i = 6; i-- > 1;) sum = sum * u + i * coefficient[i];
    return sum;
  }
  double integral(double u) const {
    double sum = 0;
    for (int i = 6; i-- > 0;) sum = (sum + coefficient[i] / (i + 1)) * u;
    return sum;
  }
};

/// Over u = 0 to 1. Its derivatives by u are the width and its square times those by t.
Polynomial through(const Ends& ends) {
  const double w = ends.width;
  const double p0 = ends.value[0], v0 = ends.slope[0] * w, a0 = ends.curvature[0] * w * w;
  const double p1 = ends.value[1], v1 = ends.slope[1] * w, a1 = ends.curvature[1] * w * w;
  const double rise = p1 - p0 - v0 - a0 / 2, turn = v1 - v0 - a0, bend = a1 - a0;
  return {{p0, v0, a0 / 2, 10 * rise - 4 * turn + bend / 2, -15 * rise + 7 * turn - bend,
           6 * rise - 3 * turn + bend / 2}};
}

/// From 0 with neither value nor slope, and no say in the curvature there.
Polynomial from_nothing(double value, double slope, double curvature, double width) {
  const double v = slope * width, a = curvature * width * width;
  return {{0, 0, 6 * value - 3 * v + a / 2, -8 * value + 5 * v - a, 3 * value - 2 * v + a / 2, 0}};
}

}  // namespace

LatticeCurve::LatticeCurve(const std::vector<double>& mass, double none)
    : mass_(mass), atom_(mass.size()), points_(mass.size()), atoms_(mass.size()) {
  atom_[0] = none;
  mass_[0] -= none;
  part_atoms();
  integrate();
  add_atoms_up();
}

void LatticeCurve::part_atoms() {
  const std::vector<double> with = mass_;
  for (std::size_t k = 2; k + 2 < with.size(); ++k) {
    const double near = (with[k - 1] + with[k + 1]) / 2;
    const double largest = std::max({std::abs(with[k - 1]), std::abs(with[k + 1]),
                                     std::abs(with[k - 2]), std::abs(with[k + 2])});
    if (with[k] > alone * largest) {
      atom_[k] = with[k] - near;
      mass_[k] = near;
    }
  }
}

void LatticeCurve::integrate() {
  double below = 0, first = 0, second = 0;  // sums of (k - j)^0, 1, 2 over j < k
  for (std::size_t k = 0; k < mass_.size(); ++k) {
    const double m = mass_[k];
    const double before = k > 0 ? mass_[k - 1] : 0, after = k + 1 < mass_.size() ? mass_[k + 1] : m;
    Point& point = points_[k];
    point.density = m;
    point.probability = below + m / 2 - (after - before) / 24;
    point.shortfall = first + m / 12 - (after - 2 * m + before) / 240;
    point.shortfall_squared = second + (after - before) / 240;
    below += m;
    second += 2 * first + below;
    first += below;
  }
}

void LatticeCurve::add_atoms_up() {
  Atoms sum;
  for (std::size_t k = 0; k < atom_.size(); ++k) {
    sum.second += 2 * sum.first + sum.mass;
    sum.first += sum.mass;
    sum.mass += atom_[k];
    atoms_[k] = sum;
  }
}

Below LatticeCurve::of_density(double t) const {
  if (t < static_cast<double>(start)) {
    const Point& end = points_[start];
    const auto width = static_cast<double>(start);
    const Polynomial line = from_nothing(end.shortfall, end.probability, end.density, width);
    const double u = t / width;
    return {line.slope(u) / width, line.value(u), 2 * width * line.integral(u)};
  }
  const std::size_t k = std::min(static_cast<std::size_t>(t), mass_.size() - 3);
  const Point &a = points_[k], &b = points_[k + 1];
  const double u = t - static_cast<double>(k);
  const Polynomial line = through(
      {{a.shortfall, b.shortfall}, {a.probability, b.probability}, {a.density, b.density}, 1});
  return {line.slope(u), line.value(u), a.shortfall_squared + 2 * line.integral(u)};
}

Below LatticeCurve::at(double t) const {
  Below below = of_density(t);
  const std::size_t k = std::min(static_cast<std::size_t>(t), mass_.size() - 1);
  const double u = t - static_cast<double>(k);
  const Atoms& atoms = atoms_[k];
  below.probability += atoms.mass;
  below.shortfall += atoms.first + atoms.mass * u;
  below.shortfall_squared += atoms.second + u * (2 * atoms.first + atoms.mass * u);
  return below;
}

double LatticeCurve::probability_at(std::size_t point) const {
  return at(static_cast<double>(point)).probability;
}

double LatticeCurve::quantile(double level) const {
  std::size_t low = 0, high = mass_.size() - 3;
  if (probability_at(low) >= level) return 0;
  if (probability_at(high) < level) return reach();
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (probability_at(middle) >= level ? high : low) = middle;
  }
  const auto end = static_cast<double>(high);
  if (probability_at(high) - atom_[high] < level) return end;
  double a = static_cast<double>(low), b = end;
  for (int i = 0; i < 50; ++i) {
    const double middle = (a + b) / 2;
    (at(middle).probability >= level ? b : a) = middle;
  }
  return b;
}

}  // namespace corridor
