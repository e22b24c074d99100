// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <functional>
#include <vector>

#include "host/exact/joint/joint_persons.hpp"

namespace corridor {

using SliceNodes = std::vector<std::vector<EffectNode>>;  ///< [slice][node]

/// slope * (counted - from) from `from_usd` to `to_usd`, which may be infinite, and the same
/// beyond.
struct CountedPayout {
  double from_usd = 0, to_usd = 0, slope = 1;
};

/// Joint law of a group's counted and paid claims, what is certain left out, as transforms over
/// both axes; amounts in steps. Years in which nothing is counted stand apart: an atom's transform
/// does not die away.
class JointLattice {
 public:
  JointLattice(const std::vector<JointSlice>& slices, const SliceNodes& nodes,
               const JointGrid& grid);

  /// Puts (paid - retained)+ in place of what is paid; a whole number of steps.
  void retain(std::size_t retained_steps);
  /// Masses of paid + payout(counted), at 0, 1, ... steps of what is paid. Between counted points
  /// the law is the trigonometric sum that its transform gives: exact where that has died away.
  std::vector<double> total(const CountedPayout& payout) const;
  /// E paid, or of (paid - retained)+ before retain(); and E payout(counted): as the nodes and
  /// points of this lattice have them.
  double paid_mean(std::size_t retained_steps) const;
  double payout_mean(const CountedPayout& payout) const;
  /// E paid * payout(counted) in squared dollars, of all that is paid, beyond the lattice too.
  double paid_times(const CountedPayout& payout) const;
  /// E (retained - paid)+ * payout(counted), before retain().
  double shortfall_times(std::size_t retained_steps, const CountedPayout& payout) const;
  /// P(neither the payout nor (paid - retained)+ is above 0); of unpaid(), before retain().
  double chance_of_nothing(const std::vector<std::complex<double>>& unpaid,
                           const CountedPayout& payout) const;
  std::vector<std::complex<double>> unpaid(std::size_t retained_steps) const;

 private:
  struct Row {
    bool used = false;
    std::vector<double> re, im;  ///< [w]
  };
  void add(const JointTransforms& persons, double weight);
  void add_rows(const JointTransforms& persons, const std::vector<std::size_t>& used,
                double weight);
  void add_sums(const JointTransforms& persons, std::size_t z, double weight);
  static bool matters(const JointTransforms& persons, std::size_t z, double weight);
  std::vector<std::complex<double>> masses_at(std::size_t z) const;
  std::complex<double> growth(std::size_t z) const;
  double shortfall(std::size_t retained_steps,
                   const std::vector<std::complex<double>>& weights) const;
  std::vector<std::complex<double>> weights_of(const CountedPayout& payout) const;

  JointGrid grid_;
  std::vector<Row> rows_;                    ///< [z] both signs
  double paid_mean_ = 0;                     ///< steps
  double nothing_ = 0;                       ///< P(nothing is counted)
  std::vector<std::complex<double>> unpaid_;  ///< [z] of counted claims where nothing is paid
  std::vector<std::complex<double>> whole_;  ///< [z] transform of what is counted
  std::vector<std::complex<double>> cross_;  ///< [z] E paid * exp(-iz counted), tilted
};

}  // namespace corridor
