// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/joint_persons.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "host/exact/lattice/cell_spread.hpp"

namespace corridor {
namespace {

/// A real lattice's frequencies on both sides, as a complex transform orders them.
void both_sides(const Spectrum& half, std::vector<double>& re, std::vector<double>& im) {
  const std::size_t points = 2 * (half.size() - 1);
  re.resize(points);
  im.resize(points);
  for (std::size_t j = 0; j < points; ++j) {
    const bool mirrored = j >= half.size();
    const std::size_t of = mirrored ? points - j : j;
    re[j] = half.re[of];
    im[j] = mirrored ? -half.im[of] : half.im[of];
  }
}

double chance_of(const JointPerson& person, double threshold) {
  double sum = 0;
  for (const LawPart& part : person.mixture) sum += part.weight * part.law->survival(threshold);
  return sum;
}

/// Transform of an atom, tilted.
Spectrum atom_transform(double at_steps, double mass, const LatticeShape& shape,
                        RealTransform& transform) {
  CellSpread spread(shape.points);
  spread.add_atom(at_steps, mass);
  return plain_spectrum(spread, at_steps > 0 ? 0 : -mass, shape, transform);
}

}  // namespace

bool JointPerson::apart() const {
  if (paid.nothing() || counted.nothing()) return true;
  return counted.bounded() && paid.lines.front().from_usd >= counted.lines.back().from_usd;
}

JointTransforms joint_transforms(const JointSlice& slice, double log_severity,
                                 const JointGrid& grid, RealTransform& of_counted,
                                 RealTransform& of_paid) {
  JointTransforms all;
  all.nothing = 1;
  for (const JointPerson& person : slice.persons) {
    JointTransforms::Person made;
    const double scale = std::exp(log_severity) * person.scale;
    const double infinity = std::numeric_limits<double>::infinity();
    const double from = person.paid.nothing() ? infinity : person.paid.lines.front().from_usd;
    made.count = person.count;
    made.chance = from < infinity ? chance_of(person, from / scale) : 0;
    const double top = person.counted.highest() / grid.counted_step_usd;
    const PaidFunction counted = person.counted.in_units(grid.counted_step_usd);
    const PaidFunction paid = person.paid.in_units(grid.paid_step_usd);
    CellSpread counted_spread(grid.counted.points), paid_spread(grid.paid.points);
    double counts = 0;
    for (const LawPart& part : person.mixture) {
      const double of_counted_steps = scale / grid.counted_step_usd;
      const double of_paid_steps = scale / grid.paid_step_usd;
      counted_spread.add(counted, *part.law, of_counted_steps, part.weight);
      paid_spread.add(paid, *part.law, of_paid_steps, part.weight);
      counts += part.weight * paid_moments(counted, *part.law, of_counted_steps).positive;
      made.mean_steps += part.weight * paid_moments(paid, *part.law, of_paid_steps).mean;
    }
    // Everybody's counted claims, and nobody's where something is paid: those stand at the top.
    counted_spread.add_atom(top, -made.chance);
    const double nothing = 1 - counts - (top > 0 ? 0 : made.chance);
    all.nothing *= std::pow(std::max(0.0, nothing), person.count);
    both_sides(plain_spectrum(counted_spread, -nothing, grid.counted, of_counted), made.low_re,
               made.low_im);
    both_sides(atom_transform(top, 1, grid.counted, of_counted), made.top_re, made.top_im);
    made.high = plain_spectrum(paid_spread, 0, grid.paid, of_paid);
    all.persons.push_back(std::move(made));
  }
  return all;
}

}  // namespace corridor
