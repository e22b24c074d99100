// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "host/exact/joint/joint_total.hpp"
#include "host/exact/table_law.hpp"
#include "host/exact/totals/total_law.hpp"
#include "tests/oracle/lattice.hpp"

namespace corridor::oracle {

/// Persons alike, scale 1, under a specific and an aggregate on claims below its deductible.
struct AlikeGroup {
  const TableLaw* law = nullptr;
  int persons = 1;
  double maximum_usd = 0;  ///< of a person's claims
  double effect_cv = 0;    ///< of the year's severity
  double deductible_usd = 0, retained_usd = 0;
  CountedCover aggregate;
};

/// Payouts of both covers of a small group, by the number of persons above the deductible: given
/// it, what is counted and what is paid are independent. On lattices that keep means, one of half
/// the other's step, whose difference takes the error in the square of the step away.
/// Expects the deductible and the covers' amounts to be multiples of `step_usd`.
class OracleJoint {
 public:
  OracleJoint(const AlikeGroup& group, double step_usd, std::size_t points);

  double mean() const;
  double covariance() const;
  double none() const;  ///< P(neither cover pays)
  TailAt at(double amount_usd) const;
  double quantile(double level) const;

 private:
  struct Look {
    Lattice total;
    double specific = 0, aggregate = 0, product = 0;  ///< means
    double none = 0;
  };
  static Look look(const AlikeGroup& group, double step_usd, std::size_t points);
  double improved(const std::function<double(const Look&)>& figure) const;

  Look coarse_, fine_;
};

}  // namespace corridor::oracle
