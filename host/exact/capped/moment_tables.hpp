// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "host/exact/capped/cap_of_persons.hpp"
#include "host/exact/capped/kappa_grid.hpp"
#include "host/exact/table_law.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// Rows of log kappa that totals will ask of each law.
class MomentDemand {
 public:
  struct Rows {
    int first, last;
  };

  /// All rows that capped_total(model, cap) reads.
  void add(const YearModel& model, const CapOfPersons& cap);
  const std::map<const TableLaw*, Rows>& rows() const { return rows_; }

 private:
  void add(const TableLaw* law, double low_row, double high_row);
  std::map<const TableLaw*, Rows> rows_;
};

/// What is tabled of Y = min(X / kappa, 1) for one law, row by row of log kappa.
class LawMoments {
 public:
  LawMoments(const TableLaw& law, MomentDemand::Rows rows);
  void fill_row(int row);  ///< different rows may be filled at the same time

  /// Chebyshev moments of `count` rows from `row` up, moment_degrees a row.
  /// throws  Error{internal} where a row was not asked for
  const double* rows(int row, int count) const;

  /// E Y and E Y^2, to 1e-8 of themselves. `row` need not be whole.
  struct Limited {
    double mean, square;
  };
  Limited limited(double row) const {
    const double place = row * fine_per_row, whole = std::floor(place);
    const double at = whole - range_.first * fine_per_row - 1;  // the first of four places
    if (!(at >= 0 && at < static_cast<double>(fine_.size() - 3))) fail_at(row);
    const Limited* four = fine_.data() + static_cast<std::size_t>(at);
    const double t = place - whole;
    const double a = t + 1, c = t - 1, d = t - 2, cd = c * d, at_a = a * t;
    const double w0 = t * cd / -6, w1 = a * cd / 2, w2 = at_a * d / -2, w3 = at_a * c / 6;
    return {w0 * four[0].mean + w1 * four[1].mean + w2 * four[2].mean + w3 * four[3].mean,
            w0 * four[0].square + w1 * four[1].square + w2 * four[2].square + w3 * four[3].square};
  }

  /// log |E exp(i z Y)| of a row at z = 1, 2, ..., echo_count.
  static constexpr int echo_count = 300;
  std::span<const float> echoes(int row) const;

  MomentDemand::Rows range() const { return range_; }

 private:
  static constexpr int fine_per_row = 32;
  void check(int row, int count) const;
  [[noreturn]] void fail_at(double row) const;
  Limited exactly(double row) const;

  const TableLaw* law_;
  MomentDemand::Rows range_;
  double square_;
  std::vector<double> moments_;  ///< [row][degree]
  std::vector<Limited> fine_;    ///< [row][part], and three beyond
  std::vector<float> echoes_;    ///< [row][frequency]
};

/// The tables of a book's laws; read by any number of threads.
class MomentTables {
 public:
  /// Made in parallel, some 5 ms a law and core. Borrows the laws.
  explicit MomentTables(const MomentDemand& demand);

  /// throws  Error{internal} where the law was not asked for
  const LawMoments& of(const TableLaw* law) const;

 private:
  std::map<const TableLaw*, LawMoments> laws_;
};

}  // namespace corridor
