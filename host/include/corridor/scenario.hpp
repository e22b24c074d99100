// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "corridor/result_file.hpp"
#include "corridor/tail.hpp"

namespace corridor {

/// Memory of a simulated year: of both runs the amounts of the book and of every layer and treaty,
/// two of them sorted, and what the results hold.
inline constexpr double scenario_bytes_a_year = 2 * 10 * 8 + 2 * 8 + 4 * 8;

/// A cost that a few members have in a year on top of their other claims.
struct Therapy {
  std::string name;
  std::string source;
  double frequency_per_million = 0;         ///< member-years, before exposure
  double cost_usd = 0;                      ///< of a patient and year; 0: by a law
  std::string law;                          ///< a law of the book, in its dollars
  std::optional<DistributionSpec> own_law;  ///< or one that the stress states
  std::string place;                        ///< in the file, for messages: "line 3, column 7: "
};

/// Members of one law that have the claims of another instead.
struct MixChange {
  std::string from, to;  ///< laws of the book
  double share = 0;      ///< of the members, chosen by group id and row
  std::string place;
};

/// Coefficients of variation of yearly effects, in place of the book's.
struct EffectChanges {
  std::optional<double> book_cv, region_cv, industry_cv, group_cv;
  double factor = 1;  ///< of all those that the book has
};

/// Terms of every group that has the cover.
struct TermChanges {
  double specific_deductible_factor = 1;
  std::optional<double> specific_deductible_usd;
  std::optional<double> specific_reimbursement;
  std::optional<double> aggregating_specific_usd;
  double aggregate_attachment_factor = 1;
};

/// What a scenario changes in a book. One that says nothing changes nothing.
/// data/scenarios/README.md describes the file.
struct Stress {
  std::string name, description, source;
  double trend_shock = 0;      ///< claims times 1 + shock
  double severity_factor = 1;  ///< of what a person's claims exceed severity_above_usd by
  double severity_above_usd = 0;
  double pandemic_frequency = 1, pandemic_severity = 1;
  std::vector<Therapy> therapies;
  std::vector<MixChange> mix;
  EffectChanges effects;
  TermChanges terms;
  bool reprice = false;  ///< attachments and premiums follow the stress; else they are the base's
  std::string file;      ///< for messages
};

/// Reads a stress; `name` stands for the file in messages.
///
/// throws  Error{bad_data} with every problem, each with line and column
Stress parse_stress(const std::string& text, const std::string& name);

/// The stresses that come with the program, by name.
const std::vector<Stress>& built_in_stresses();

/// The built-in stress of that name, or the file at that path: whatever holds a "/" or ends in
/// ".toml" is a path.
///
/// throws  Error{usage} for an unknown name, Error{missing_input}, Error{bad_data}
Stress find_stress(const std::string& name_or_path);

/// Refuses more years than memory holds, before a book is read.
///
/// throws  Error{usage}
void check_scenario(const TailOptions& options);

/// Simulates the bound book as it is and under a stress, on the same draws, and says what changes.
/// Tables and series: data/results.md, "Scenario". Of the options, return periods and what belongs
/// to contributions alone are not used.
///
/// throws  Error, whose kind is the command's exit code; nothing is written
ResultFile stress_book(const std::string& path, const Stress& stress, const TailOptions& options);

}  // namespace corridor
