// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corridor/corridor.hpp"
#include "host/cli/command.hpp"
#include "host/cli/failure.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

struct ValidateFlags {
  std::string book;
  std::string max_errors = "50";
  bool json = false;
};

bool is_error(const Problem& problem) { return problem.severity == Problem::Severity::error; }

std::string counted(std::size_t count, const char* thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

// A checked book in one breath: what was found, and where to see the rest.
struct Findings {
  std::string book;
  std::vector<Problem> problems;  ///< errors first
  std::size_t errors = 0;
  std::size_t shown = 0;

  std::size_t warnings() const { return problems.size() - errors; }
};

Findings found(const ValidateFlags& flags) {
  const std::uint64_t most = whole_number("--max-errors", flags.max_errors, 1, 1'000'000'000);
  Findings findings;
  findings.book = flags.book;
  findings.problems = validate_book(flags.book);
  const auto warnings =
      std::stable_partition(findings.problems.begin(), findings.problems.end(), is_error);
  findings.errors = static_cast<std::size_t>(warnings - findings.problems.begin());
  findings.shown = std::min<std::size_t>(findings.problems.size(), most);
  return findings;
}

std::string as_text(const Findings& findings) {
  std::string text;
  for (std::size_t i = 0; i < findings.shown; ++i) {
    const Problem& problem = findings.problems[i];
    text += (is_error(problem) ? "error: " : "warning: ") + problem.text() + "\n";
  }
  if (findings.shown < findings.problems.size()) {
    text += fmt::format("{} more not shown: --max-errors {} shows all\n",
                        findings.problems.size() - findings.shown, findings.problems.size());
  }
  return text + fmt::format("{}: {}, {}\n", findings.book, counted(findings.errors, "error"),
                            counted(findings.warnings(), "warning"));
}

std::string json_text(const Findings& findings) {
  nlohmann::json problems = nlohmann::json::array();
  for (std::size_t i = 0; i < findings.shown; ++i)
    problems.push_back(as_json(findings.problems[i]));
  const nlohmann::json document{{"file", findings.book},
                                {"errors", findings.errors},
                                {"warnings", findings.warnings()},
                                {"problems", problems}};
  return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

int validate(const ValidateFlags& flags) {
  const Findings findings = found(flags);
  print(flags.json ? json_text(findings) : as_text(findings));
  return findings.errors == 0 ? 0 : static_cast<int>(ErrorKind::bad_data);
}

}  // namespace

Action declare_validate(CLI::App& app) {
  const auto flags = std::make_shared<ValidateFlags>();
  app.add_option("BOOK", flags->book, "The book to check, HDF5")->required()->type_name("FILE");
  app.add_flag("--json", flags->json, "Problems as one JSON document")->group("Output");
  app.add_option("--max-errors", flags->max_errors, "Most problems to show (default 50)")
      ->type_name("N")
      ->group("Output");
  return [flags](const std::string&) { return validate(*flags); };
}

}  // namespace corridor::cli
