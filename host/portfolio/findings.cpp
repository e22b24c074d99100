// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/findings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace corridor {

void Findings::add(std::string_view code, Place place, std::string value, std::string message,
                   std::string fix) {
  Problem problem;
  problem.code = code;
  problem.dataset = std::move(place.dataset);
  problem.row = place.row;
  problem.group = std::move(place.group);
  problem.value = std::move(value);
  problem.message = std::move(message);
  problem.fix = std::move(fix);
  add(std::move(problem));
}

void Findings::add(Problem problem) {
  problem.file = file_;
  problem.severity =
      problem.code.front() == 'W' ? Problem::Severity::warning : Problem::Severity::error;
  Count& count = count_[problem.dataset];
  if (count.listed == listed_max) {
    ++count.more;
    return;
  }
  ++count.listed;
  problems_.push_back(std::move(problem));
}

void Findings::more(const std::string& dataset, std::uint64_t count) {
  count_[dataset].more += count;
}

bool Findings::lists(const std::string& dataset) const {
  const auto found = count_.find(dataset);
  return found == count_.end() || found->second.listed < listed_max;
}

std::vector<Problem> Findings::take() {
  for (const auto& [dataset, count] : count_) {
    if (count.more == 0) continue;
    Problem rest;
    rest.severity = Problem::Severity::warning;
    rest.code = "W_MORE";
    rest.file = file_;
    rest.dataset = dataset;
    rest.value = std::to_string(count.more);
    rest.message = "has " + rest.value + " more problems that are not listed";
    rest.fix = "Mend those that are, and validate the book again";
    problems_.push_back(std::move(rest));
  }
  std::stable_partition(problems_.begin(), problems_.end(), [](const Problem& problem) {
    return problem.severity == Problem::Severity::error;
  });
  return std::move(problems_);
}

bool has_errors(const std::vector<Problem>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.severity == Problem::Severity::error;
  });
}

std::string number_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  std::array<char, 32> text{};
  const double size = std::abs(value);
  const bool plain = value == 0 || (size >= 1e-6 && size < 1e15);
  const auto result =
      std::to_chars(text.data(), text.data() + text.size(), value,
                    plain ? std::chars_format::fixed : std::chars_format::scientific);
  return {text.data(), result.ptr};
}

}  // namespace corridor
