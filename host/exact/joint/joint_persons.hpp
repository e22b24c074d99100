// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <complex>
#include <map>
#include <vector>

#include "host/exact/capped/effect_nodes.hpp"
#include "host/exact/lattice/lattice_row.hpp"
#include "host/exact/lattice/paid_function.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// A person as the aggregate counts it and as the specific pays it. The specific pays only where
/// the counted claims have reached their highest, or the two parts would not come apart.
struct JointPerson {
  std::vector<LawPart> mixture;
  double scale = 1, count = 1;
  PaidFunction counted, paid;  ///< dollars

  bool apart() const;
};

struct JointSlice {
  YearSlice years;  ///< without persons
  std::vector<JointPerson> persons;
};

/// Amounts of both axes at points of a lattice. What is counted reaches up to 13/16 of its points;
/// the rest is for payouts to fall back to nothing.
struct JointGrid {
  double counted_step_usd = 1, paid_step_usd = 1;
  LatticeShape counted, paid;

  static constexpr double counted_share = 13.0 / 16;
  double counted_end() const { return 14.0 / 16 * static_cast<double>(counted.points); }
  double counted_nothing() const { return 31.0 / 32 * static_cast<double>(counted.points); }
};

/// A real lattice's transform at a frequency of either sign, as complex transforms order them.
inline std::complex<double> both_sides(const Spectrum& half, std::size_t z) {
  if (z < half.size()) return {half.re[z], half.im[z]};
  const std::size_t mirrored = 2 * (half.size() - 1) - z;
  return {half.re[mirrored], -half.im[mirrored]};
}

/// Transforms of the persons in years of one severity: a person's is
/// low(z) + top(z) * high(w), low that of counted claims where nothing is paid.
struct JointTransforms {
  struct Person {
    Spectrum low;         ///< [z], one sign
    const Spectrum* top;  ///< the same, of the highest counted claims
    Spectrum high;        ///< [w]
    double chance = 0, mean_steps = 0, count = 1;
  };
  std::vector<Person> persons;
  double nothing = 0;  ///< chance that nothing is counted of anybody
};

/// Makes them, severity by severity. What it has made stays as long as it does.
class JointTransformer {
 public:
  explicit JointTransformer(const JointGrid& grid)
      : grid_(grid), of_counted_(grid.counted.points), of_paid_(grid.paid.points) {}
  JointTransforms operator()(const JointSlice& slice, double log_severity);

 private:
  JointTransforms::Person person(const JointPerson& of, double severity, double& nothing);
  const Spectrum& top(double at_steps);

  JointGrid grid_;
  RealTransform of_counted_, of_paid_;
  std::map<double, Spectrum> tops_;
};

}  // namespace corridor
