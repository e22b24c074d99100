// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace corridor {

/// What lies below t, t in steps of a lattice.
struct Below {
  double probability = 0;  ///< P(T <= t)
  double shortfall = 0;    ///< E(t - T)+
  double shortfall_squared = 0;
};

/// A law of amounts of 0 or more between the points of a lattice that has kept its moments cell by
/// cell. Masses are a density's values times the step, but for what stands alone: the mass at 0,
/// and single points far above their neighbours, which are taken for atoms. Sums become integrals
/// by Euler and Maclaurin's formula, and in between E(t - T)+ goes as a polynomial of degree 5.
class LatticeCurve {
 public:
  /// `mass`  at 0, 1, ...; may be below 0; 16 points or more. What lies beyond is not in it.
  /// `none`  P(T = 0), the rest of mass[0] being density
  LatticeCurve(const std::vector<double>& mass, double none);

  double reach() const { return static_cast<double>(mass_.size() - 3); }
  /// 0 <= t <= reach
  Below at(double t) const;
  /// The smallest t with P(T <= t) >= level; the reach where it is not below it.
  double quantile(double level) const;

 private:
  struct Point {
    double shortfall = 0, probability = 0, density = 0, shortfall_squared = 0;
  };
  struct Atoms {
    double mass = 0, first = 0, second = 0;  ///< sums of (k - point)^0, 1, 2 up to a point k
  };
  void part_atoms();
  void integrate();
  void add_atoms_up();
  Below of_density(double t) const;
  double probability_at(std::size_t point) const;

  std::vector<double> mass_;   ///< [point] without atoms
  std::vector<double> atom_;   ///< [point]
  std::vector<Point> points_;  ///< [point] of the density
  std::vector<Atoms> atoms_;   ///< [point]
};

}  // namespace corridor
