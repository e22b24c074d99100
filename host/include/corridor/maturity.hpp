// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/result_file.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

/// Expected claims on one contract basis over those of a mature contract, which takes claims
/// incurred in the policy's months, paid whenever. Closed forms, summed over the groups of a book.
struct MaturityRow {
  std::string basis;                          ///< "12/12", "24/12", "paid", ...
  int run_in_months = 0, run_out_months = 0;  ///< 255: without end
  double ground_up = 0;                       ///< factor of all eligible claims
  std::vector<double>
      specific;  ///< [deductible] after share and limit; NaN where nothing is mature
  std::vector<double> retained;  ///< [deductible] claims below the deductible
  double ground_up_usd = 0;      ///< expected eligible claims of a year, all groups
  std::vector<double> specific_usd, retained_usd;  ///< [deductible] what the factors are of
};

struct MaturityTable {
  std::vector<double> specific_deductible_usd;
  std::vector<MaturityRow> rows;  ///< immature bases first, then run-in bases, then mature
  std::size_t groups = 0;
  std::vector<Problem> warnings;  ///< of the book
  RunFacts run;                   ///< nothing is simulated: no years and no seed
};

/// Maturity factors of a book for the bases that policies name, whatever the book's own are; its
/// lags, laws, members and lasers; no aggregates and family deductibles. Deductibles: the options',
/// else the book's /quote, else 50,000 to 500,000.
///
/// throws  Error, whose kind is the command's exit code
MaturityTable maturity_table(const std::string& path, const RunOptions& options);

/// The table as results to be written: data/results.md, "Contract bases".
ResultFile maturity_results(const MaturityTable& table);

/// The bases of the table: name, run-in and run-out months.
struct NamedBasis {
  const char* name;
  int run_in_months, run_out_months;
};
const std::vector<NamedBasis>& named_bases();

}  // namespace corridor
