// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

/// What is wrong with one value, and what to do about it.
struct Finding {
  std::string code;
  std::string value;
  std::string message;
  std::string fix;
};

/// A number as messages show it: the fewest digits, up to 12, that tell it.
std::string shown(double value);

/// Collects the problems of one law and knows how its places are called. Of a column with the same
/// fault in many rows the first rows are listed and the rest counted.
class LawProblems {
 public:
  explicit LawProblems(const DistributionSpec& spec) : place_("/distributions/" + spec.name) {}

  void law(Finding finding) { add(place_, std::nullopt, std::move(finding)); }
  void attribute(std::string_view name, Finding finding) {
    add(place_ + "@" + std::string(name), std::nullopt, std::move(finding));
  }
  void column(std::string_view name, Finding finding) {
    add(place_ + "/" + std::string(name), std::nullopt, std::move(finding));
  }
  void row(std::string_view column, std::size_t row, Finding finding) {
    add(place_ + "/" + std::string(column), row, std::move(finding));
  }
  /// Makes the problem added last a warning.
  void only_warn();

  bool has_errors() const;
  std::vector<Problem> take();

 private:
  void add(std::string dataset, std::optional<std::uint64_t> row, Finding finding);

  std::string place_;
  std::vector<Problem> problems_;
  std::size_t same_fault_ = 0;  ///< rows in a run with the dataset and code of the last problem
};

}  // namespace corridor
