// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "host/exact/law_use.hpp"
#include "host/exact/run_in_law.hpp"

namespace corridor {

/// The laws of a book whose bases reach into years before the policy, at a few deviations of the
/// yearly effects. A law depends on that variance as smoothly as heat on time, so that others up to
/// the next sigma_rung are interpolated: within 2e-6 of the excess for group effects of deviations
/// up to 0.8.
class RunInLaws {
 public:
  /// `uses`  of every job; `sigmas` the deviations that will be asked for
  RunInLaws(const Book& book, const BasisNumbers& bases, const std::vector<LawUse>& uses,
            const std::vector<double>& sigmas);

  bool empty() const { return laws_.empty(); }
  bool has(LawKey key) const { return laws_.contains(key); }
  /// Of what is expected, as a polynomial in the exposure.
  std::size_t degree(LawKey key) const { return laws_.at(key).degree; }
  /// At the exposure nodes: the first alone where every exposure is 1.
  std::vector<std::unique_ptr<TableLaw>> laws(LawKey key, double yearly_sigma) const;

 private:
  struct Made {
    std::size_t degree = 0, exposures = 1;
    Lattice lattice{};
    std::vector<std::vector<LatticeLaw>> at;  ///< [node][exposure]
  };
  /// Nodes of a rung: where its own begin among all, and their variances, ascending.
  struct Rung {
    std::size_t first = 0;
    std::vector<double> variances;
  };

  std::map<double, Rung> rungs_;
  std::map<LawKey, Made> laws_;
};

}  // namespace corridor
