// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "corridor/result_file.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

/// One simulated policy year once more.
struct ReplayOptions {
  RunOptions run;           ///< seed, years; at most one deductible and one corridor of a grid
  std::string group;        ///< its id; empty: the whole book, a row a group
  std::uint32_t year = 0;   ///< 0 to run.years - 1
  double floor_usd = 10e3;  ///< persons with claims up to this are one row together
};

/// Draws one year of one group again, person by person, or of every group of the book: the same
/// integer cents as in a run of that seed on the same terms, the book's bound ones unless `run` has
/// a grid. Compares its sums with the CPU back end's. Tables: data/results.md, "Replay".
///
/// throws  Error, whose kind is the command's exit code: usage for an unknown group, a year outside
///         the run and a grid of several values; internal where the back end has other sums
ResultFile replay_year(const std::string& path, const ReplayOptions& options);

/// A replay for people: the year's effects, the claims, and how each cover's payment came about.
std::string replay_text(const ResultFile& replay);

}  // namespace corridor
