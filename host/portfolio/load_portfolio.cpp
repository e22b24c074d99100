// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
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
  return accepted(inspect_portfolio(path, options));
}

}  // namespace corridor
