// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/distribution/law_problems.hpp"

#include <algorithm>
#include <cstdio>

namespace corridor {
namespace {

constexpr std::size_t rows_listed = 20;

}  // namespace

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.12g", value);
  return text;
}

void LawProblems::add(std::string dataset, std::optional<std::uint64_t> row, Finding finding) {
  const bool same = row && !problems_.empty() && problems_.back().row &&
                    problems_.back().dataset == dataset && problems_.back().code == finding.code;
  same_fault_ = same ? same_fault_ + 1 : 1;
  if (same_fault_ > rows_listed) {
    problems_.back().message = "and " + std::to_string(same_fault_ - rows_listed + 1) +
                               " rows from here on have the same fault: " + finding.message;
    return;
  }
  Problem problem;
  problem.code = std::move(finding.code);
  problem.dataset = std::move(dataset);
  problem.row = row;
  problem.value = std::move(finding.value);
  problem.message = std::move(finding.message);
  problem.fix = std::move(finding.fix);
  problems_.push_back(std::move(problem));
}

void LawProblems::only_warn() { problems_.back().severity = Problem::Severity::warning; }

bool LawProblems::has_errors() const {
  return std::any_of(problems_.begin(), problems_.end(), [](const Problem& problem) {
    return problem.severity == Problem::Severity::error;
  });
}

std::vector<Problem> LawProblems::take() { return std::move(problems_); }

}  // namespace corridor
