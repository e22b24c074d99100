// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace corridor {

/// One step of an account.
struct ExplainLine {
  /// Within a section, terms add up: a total is the sum of all terms above it. A fact adds nothing.
  enum class Kind { fact, term, total };

  Kind kind = Kind::fact;
  std::string label;
  double amount = 0;    ///< NaN where there is no number; infinite: unlimited
  std::string unit;     ///< "USD", "1", "months", "persons", "years"; "" without a number
  std::string formula;  ///< where it comes from, in words
};

struct ExplainSection {
  std::string title;
  std::vector<ExplainLine> lines;
};

/// How one option's premium came about, in the order in which the terms act.
struct ExplainedOption {
  double specific_deductible_usd = 0, aggregate_corridor = 0, aggregate_attachment_usd = 0;
  std::vector<std::string> flags;
  std::vector<ExplainSection> sections;
};

/// The account of one group's quotes, one option after the other.
struct Explanation {
  std::string group_id, state;
  std::string principle;  ///< the one that quotes
  unsigned long long years = 0, seed = 0;
  std::vector<ExplainedOption> options;
};

/// The account in a format: "text" for people, "json" for programs.
/// throws  Error{usage} for an unknown format
std::string render_explanation(const Explanation& explanation, std::string_view format);

}  // namespace corridor
