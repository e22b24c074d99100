// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/totals/person_function.hpp"
#include "host/exact/totals/total_law.hpp"
#include "host/exact/totals/year_model.hpp"
#include "tests/oracle/lattice.hpp"

namespace corridor::oracle {

struct Mesh {
  double step_usd;
  std::size_t points;
};

/// A year model's total on a lattice that keeps means alone, person by person and year by year, and
/// on one of half the step; their difference takes the error in the square of the step away.
/// Amounts asked are multiples of the step.
class OracleTotal {
 public:
  OracleTotal(const YearModel& model, const PersonFunction& of_members,
              const std::vector<PersonFunction>& of_personal, Mesh mesh, double effect_step = 0.25);

  double mean() const;
  double sd() const;
  TailAt at(double amount_usd) const;

 private:
  Lattice coarse_, fine_;
};

}  // namespace corridor::oracle
