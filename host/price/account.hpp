// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "corridor/explain.hpp"

namespace corridor {

/// Writes an account section by section and keeps the sums of terms.
class Account {
 public:
  void section(std::string title) {
    sections_.push_back({std::move(title), {}});
    sum_ = 0;
  }
  void note(std::string label, std::string text) {
    add(ExplainLine::Kind::fact, std::move(label), std::nan(""), "", std::move(text));
  }
  void fact(std::string label, double amount, std::string unit, std::string formula = "") {
    add(ExplainLine::Kind::fact, std::move(label), amount, std::move(unit), std::move(formula));
  }
  void term(std::string label, double usd, std::string formula = "", std::string unit = "USD") {
    sum_ += usd;
    add(ExplainLine::Kind::term, std::move(label), usd, std::move(unit), std::move(formula));
  }
  /// A term that is left out where it is nothing.
  void term_if_any(std::string label, double usd, std::string formula) {
    constexpr double half_a_cent = 0.005;
    if (std::abs(usd) >= half_a_cent) term(std::move(label), usd, std::move(formula));
  }
  /// The sum of the section's terms so far.
  void total(std::string label, std::string formula = "", std::string unit = "USD") {
    add(ExplainLine::Kind::total, std::move(label), sum_, std::move(unit), std::move(formula));
  }
  std::vector<ExplainSection> take() { return std::move(sections_); }

 private:
  void add(ExplainLine::Kind kind, std::string label, double amount, std::string unit,
           std::string formula) {
    sections_.back().lines.push_back(
        {kind, std::move(label), amount, std::move(unit), std::move(formula)});
  }

  std::vector<ExplainSection> sections_;
  double sum_ = 0;
};

}  // namespace corridor
