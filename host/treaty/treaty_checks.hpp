// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/treaties.hpp"

namespace corridor {

/// Collects the problems of /treaties.
class TreatyProblems {
 public:
  explicit TreatyProblems(std::string file) : file_(std::move(file)) {}

  /// `value`  as found; NaN, infinity and whole numbers as data/README.md writes them
  void add(const char* code, const char* column, const Treaty& treaty, std::string value,
           std::string message, std::string fix);

  std::vector<Problem> take() { return std::move(problems_); }

 private:
  std::string file_;
  std::vector<Problem> problems_;
};

/// Shortest plain text of a number: "250000", "0.9", "inf", "NaN".
std::string plain_number(double value);

/// What one treaty states that its kind does not take, twice, or without sense.
void check_treaty(const Treaty& treaty, TreatyProblems& problems);

}  // namespace corridor
