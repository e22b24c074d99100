// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/pricing.hpp"
#include "corridor/result_file.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

/// Memory of a simulated year: seven amounts as they come, once more sorted and once more in between.
inline constexpr double tail_bytes_a_year = 7 * 3 * 8;

/// A study of the whole book on its bound terms.
struct TailOptions {
  RunOptions run;      ///< its grid is not used; the first of `principles` is the premium
  PricingBasis basis;  ///< loads of that premium
  bool treaties = true;  ///< false: the book's treaties are left out
  std::vector<double> return_periods_years;  ///< of the exceedance curves; empty: the usual ones
  std::string contribution_metric = "net";   ///< gross or net; none: who makes the tail is left out
  std::size_t largest_members = 20;          ///< persons shown among the contributions
  std::vector<std::string> marginal_groups;  ///< groups whose absence is studied: an id each, or
                                             ///< several with commas between
  std::string required_table;  ///< that the results are wanted for; a book may have no treaties
};

/// Refuses what tail_book refuses of a run without having read the book: amounts nobody knows, and
/// more years than memory holds.
///
/// throws  Error{usage}
void check_tail(const TailOptions& options);

/// How large a study is.
struct TailSize {
  std::size_t groups = 0, members = 0;
  std::vector<Problem> warnings;  ///< of the book
};

/// Loads and plans a book, and checks all that tail_book checks before its first year.
///
/// throws  as tail_book
TailSize size_tail(const std::string& path, const TailOptions& options);

/// Simulates the bound book year by year: totals of every year, what its tail costs and who makes
/// it, what each treaty takes. Tables and series: data/results.md, "Tail".
///
/// throws  Error, whose kind is the command's exit code; Error{usage} before the first year where the
///         book lacks a group that is named, or what required_table is of
ResultFile tail_book(const std::string& path, const TailOptions& options);

}  // namespace corridor
