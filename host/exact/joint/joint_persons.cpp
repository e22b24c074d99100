// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/joint_persons.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/exact/lattice/cell_spread.hpp"

namespace corridor {
namespace {

double chance_of(const JointPerson& person, double threshold) {
  double sum = 0;
  for (const LawPart& part : person.mixture) sum += part.weight * part.law->survival(threshold);
  return sum;
}

}  // namespace

bool JointPerson::apart() const {
  if (paid.nothing() || counted.nothing()) return true;
  return counted.bounded() && paid.lines.front().from_usd >= counted.lines.back().from_usd;
}

/// Transform of an atom.
const Spectrum& JointTransformer::top(double at_steps) {
  const auto [at, made] = tops_.try_emplace(at_steps, Spectrum());
  if (made) {
    CellSpread spread(grid_.counted.points);
    spread.add_atom(at_steps, 1);
    at->second = plain_spectrum(spread, at_steps > 0 ? 0 : -1, grid_.counted, of_counted_);
  }
  return at->second;
}

/// `nothing`  chance that nothing is counted of the person
JointTransforms::Person JointTransformer::person(const JointPerson& of, double severity,
                                                 double& nothing) {
  JointTransforms::Person made;
  const double scale = severity * of.scale, infinity = std::numeric_limits<double>::infinity();
  const double from = of.paid.nothing() ? infinity : of.paid.lines.front().from_usd;
  const double of_counted = scale / grid_.counted_step_usd, of_paid = scale / grid_.paid_step_usd;
  made.count = of.count;
  made.chance = from < infinity ? chance_of(of, from / scale) : 0;
  const double top_steps = of.counted.highest() / grid_.counted_step_usd;
  const PaidFunction counted = of.counted.in_units(grid_.counted_step_usd);
  const PaidFunction paid = of.paid.in_units(grid_.paid_step_usd);
  CellSpread counted_spread(grid_.counted.points), paid_spread(grid_.paid.points);
  double counts = 0;
  for (const LawPart& part : of.mixture) {
    counted_spread.add(counted, *part.law, of_counted, part.weight);
    paid_spread.add(paid, *part.law, of_paid, part.weight);
    counts += part.weight * paid_moments(counted, *part.law, of_counted).positive;
    made.mean_steps += part.weight * paid_moments(paid, *part.law, of_paid).mean;
  }
  // Everybody's counted claims, and nobody's where something is paid: those stand at the top.
  counted_spread.add_atom(top_steps, -made.chance);
  nothing = std::max(0.0, 1 - counts - (top_steps > 0 ? 0 : made.chance));
  made.low = plain_spectrum(counted_spread, -nothing, grid_.counted, of_counted_);
  made.top = &top(top_steps);
  made.high = plain_spectrum(paid_spread, 0, grid_.paid, of_paid_);
  return made;
}

JointTransforms JointTransformer::operator()(const JointSlice& slice, double log_severity) {
  JointTransforms all;
  all.nothing = 1;
  for (const JointPerson& of : slice.persons) {
    double nothing = 0;
    all.persons.push_back(person(of, std::exp(log_severity), nothing));
    all.nothing *= std::pow(nothing, of.count);
  }
  return all;
}

}  // namespace corridor
