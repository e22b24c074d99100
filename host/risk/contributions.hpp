// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "corridor/result_file.hpp"
#include "host/risk/contribution_years.hpp"
#include "host/risk/exact_sums.hpp"

namespace corridor {

/// Which key each part has: its state, its industry. Keys are few: a sum is kept for each in each
/// of the years.
struct PartKeys {
  std::string by;                     ///< "state"
  std::vector<std::string> keys;      ///< "Texas"
  std::vector<std::uint32_t> key_of;  ///< [part]
};

/// A part's share in a TVaR, dollars.
struct Contribution {
  double tvar_usd = 0;  ///< its weighted mean in the tail; over all parts they add up to the TVaR
  double tvar_se_usd = 0;
  double share = 0;  ///< of the TVaR; NaN of one of 0
};

/// Exact sums of one part over the chosen years.
struct PartSums {
  Signed128 above = 0, ties = 0, near = 0;
  Unsigned128 above_squares = 0, ties_squares = 0;

  void add(const TailRole& role, Cents amount);
  void merge(const PartSums& other);
};

/// Contributions to a TVaR, from what each part adds to each of the years; the same bits in
/// whatever order and by how many threads it is told. Holds some 80 bytes a part and thread, 24 of a
/// part that is complete, and 8 a key and year.
///
/// The standard error is that of the influence function, sd((X - m) 1{S > VaR}) / ((1 - p) sqrt(N))
/// with m the mean of X in the years nearest VaR, which is what the error of VaR adds; beside it
/// the error of the mean over ties.
///
/// source  D. Tasche, Capital allocation to business units and sub-portfolios: the Euler principle
///         (2008), for the parts; the error as in Manistre and Hancock (2005) for the whole
class TailParts {
 public:
  /// `parts`  to begin with
  TailParts(ContributionYears years, std::size_t parts, std::vector<PartKeys> groupings = {});

  const ContributionYears& years() const { return years_; }

  /// Begins with the next `count` parts; those before are complete.
  void next_parts(std::size_t count);

  /// Adds to a part what it adds to one of the years, once or in several amounts. From any thread,
  /// two at a time only for different years.
  void add(std::size_t year_index, std::size_t part, Cents amount);

  std::vector<Contribution> parts() const;
  /// Of each key of a grouping.
  std::vector<Contribution> keys(std::size_t grouping) const;
  /// Of a part whose sums over the years somebody else kept.
  Contribution contribution(const PartSums& sums) const;

 private:
  struct Grouping {
    PartKeys keys;
    std::vector<Cents> sums;  ///< [year][key]
  };

  void append_present(std::vector<Contribution>& to) const;

  using Sums = tbb::enumerable_thread_specific<std::vector<PartSums>>;  ///< [thread][part]

  ContributionYears years_;
  std::vector<Contribution> complete_;  ///< [part] of those before the present ones
  std::size_t part_count_;              ///< of the present ones
  std::vector<Grouping> groupings_;
  Sums sums_;  ///< of the present ones
};

/// Rows of a table of contributions.
struct ContributionRows {
  std::string by;      ///< "group", "state", "industry", "deductible", "member"
  std::string metric;  ///< "gross"
  double level = 0;
  std::vector<std::string> keys;
  std::vector<double> mean_usd;             ///< [key] of a year
  std::vector<Contribution> contributions;  ///< [key]
};

/// Table "contributions": the rows of each entry by contribution, largest first.
ResultTable contributions_table(std::span<const ContributionRows> entries);

}  // namespace corridor
