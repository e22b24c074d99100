// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/portfolio/told.hpp"

#include "host/portfolio/open_book.hpp"

namespace corridor::tests {
namespace {

std::string lines(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    text += (problem.severity == Problem::Severity::error ? "error " : "warning ") +
            problem.text() + " {" + problem.group + "} '" + problem.value + "'\n";
  }
  return text;
}

template <class Read>
std::string told(const Read& read) {
  try {
    return lines(read());
  } catch (const Error& error) {
    const std::string problems = lines(error.problems());
    return (problems.empty() ? error.what() : problems) +
           ("exit " + std::to_string(error.exit_code()));
  }
}

}  // namespace

std::string told_by_loading(const std::string& path, const LoadOptions& options) {
  return told([&] { return load_portfolio(path, options).warnings; });
}

std::string told_by_opening(const std::string& path, const LoadOptions& options) {
  return told([&] { return OpenBook(path, options).head().warnings; });
}

}  // namespace corridor::tests
