// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/error.hpp"

namespace corridor {

/// Where in a file something is.
struct Place {
  std::string dataset;  ///< or attribute: "/market@trend"
  std::optional<std::uint64_t> row;
  std::string group;
};

/// Collects the problems of one file: at most 50 of a dataset, the rest counted.
class Findings {
 public:
  static constexpr std::uint64_t listed_max = 50;

  explicit Findings(std::string file) : file_(std::move(file)) {}

  /// `code` is one of problem_codes; its first letter says error or warning.
  void add(std::string_view code, Place place, std::string value, std::string message,
           std::string fix);
  void add(Problem problem);

  /// Adds to the count of a dataset's problems that are not listed.
  void more(const std::string& dataset, std::uint64_t count);

  /// True while a further problem of the dataset would be listed.
  bool lists(const std::string& dataset) const;

  bool mentions(const std::string& dataset) const { return count_.count(dataset) != 0; }

  /// Errors, then warnings, in the order found; each dataset's count of the unlisted last.
  std::vector<Problem> take();

 private:
  std::string file_;
  std::vector<Problem> problems_;

  struct Count {
    std::uint64_t listed = 0, more = 0;
  };
  std::map<std::string, Count, std::less<>> count_;  ///< by dataset
};

bool has_errors(const std::vector<Problem>& problems);

/// Shortest text that reads back as the same number, plain from 1e-6 to 1e15; "NaN", "inf".
std::string number_text(double value);

}  // namespace corridor
