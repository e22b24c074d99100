// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "corridor/portfolio.hpp"
#include "host/portfolio/inspect_book.hpp"

namespace corridor {

bool Inspection::usable() const { return !has_errors(problems); }

Inspection inspect_portfolio(const std::string& path, const LoadOptions& options) {
  return inspect_book(path, options, SealCheck::compare);
}

std::vector<Problem> validate_portfolio(const std::string& path, const LoadOptions& options) {
  return inspect_portfolio(path, options).problems;
}

Portfolio load_portfolio(const std::string& path, const LoadOptions& options) {
  Inspection inspection = inspect_portfolio(path, options);
  auto& problems = inspection.problems;
  if (!inspection.usable()) {
    std::erase_if(problems, [](const Problem& problem) {
      return problem.severity == Problem::Severity::warning && problem.code != "W_MORE";
    });
    throw Error(ErrorKind::bad_data, std::move(problems));
  }
  inspection.portfolio.warnings = std::move(problems);
  return std::move(inspection.portfolio);
}

}  // namespace corridor
