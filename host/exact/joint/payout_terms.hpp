// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <complex>

#include "host/exact/joint/joint_lattice.hpp"

namespace corridor {

/// Integrals of exp(c u) and of u exp(c u) over u from 0 to `width`.
std::complex<double> exponential_area(std::complex<double> c, double width);
std::complex<double> exponential_moment(std::complex<double> c, double width);

/// Where a payout's lines lie, in steps: counted ones of `counted`, and of what is paid.
struct PayoutSteps {
  double from = 0, to = 0, end = 0;  ///< counted; nothing is paid more from the end on
  double per_paid = 1;                  ///< counted steps in which the payout rises by a paid step
  double rise = 0;                      ///< of the payout, in paid steps
  int cells = 0;                        ///< whole cells 2, 3, ... of the rise

  PayoutSteps(const CountedPayout& payout, const JointGrid& grid);
};

/// Beyond the lattice's counted claims payouts fall back to nothing along a cosine and stay there:
/// a lattice comes round, and the heap of groups with few claims or none must not meet a payout's
/// jump. Integrals of exp(growth * A) times the shares of the highest payout and of none.
struct PayoutFall {
  std::complex<double> high, nothing;

  PayoutFall(const JointGrid& grid, std::complex<double> growth);
};

/// What depends on the frequency of what is paid alone.
struct PayoutFrequency {
  std::complex<double> step, back, over;  ///< exp(s), exp(-s), exp(s * cells)
  std::complex<double> top;               ///< of the highest payout, parted over three points

  PayoutFrequency(const CountedPayout& payout, const JointGrid& grid, std::complex<double> s);
};

/// The transform of a payout whose counted amount has the density exp(growth * A) / points, for one
/// growth. Payouts are parted over three points, as the cells of a lattice part claims: transforms
/// of amounts between points would ring.
class PayoutTerms {
 public:
  PayoutTerms(const CountedPayout& payout, const JointGrid& grid, std::complex<double> growth);
  std::complex<double> transform(const PayoutFrequency& at) const;

 private:
  /// Integrals of exp over a cell times the three points' parabolas.
  struct Cell {
    std::complex<double> before, at, after;
  };
  Cell cell(double low, double high) const;
  static std::complex<double> geometric(std::complex<double> ratio, std::complex<double> all,
                                        double count);
  static std::complex<double> combined(const Cell& cell, const PayoutFrequency& at);

  PayoutSteps steps_;
  std::complex<double> growth_;  ///< a paid step
  std::complex<double> below_, above_, start_, step_, over_;
  Cell first_, whole_, last_;
  double factor_;
};

}  // namespace corridor
