// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/failure.hpp"

#include <new>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/cli/run_log.hpp"
#include "host/cli/signals.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

struct Failure {
  std::string kind;
  int exit_code = 70;
  std::string message;
  std::vector<Problem> problems;
};

std::string kind_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return "usage";
    case ErrorKind::bad_data:
      return "bad_data";
    case ErrorKind::missing_input:
      return "missing_input";
    case ErrorKind::device:
      return "device";
    case ErrorKind::internal:
      return "internal";
    case ErrorKind::cannot_create:
      return "cannot_create";
    case ErrorKind::io:
      return "io";
    case ErrorKind::incomplete:
      return "incomplete";
  }
  return "internal";
}

Failure described(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return {kind_name(error.kind()), error.exit_code(), error.what(), error.problems()};
  } catch (const std::bad_alloc&) {
    return {
        "internal", 70, "out of memory. Simulate fewer years, or price fewer groups at once", {}};
  } catch (const std::exception& error) {
    return {"internal",
            70,
            std::string(error.what()) + " (this is a bug in corridor: please report it)",
            {}};
  } catch (...) {
    return {"internal", 70, "unknown exception (this is a bug in corridor: please report it)", {}};
  }
}

nlohmann::json fields_of(const Failure& failure) {
  nlohmann::json problems = nlohmann::json::array();
  for (const Problem& problem : failure.problems) problems.push_back(as_json(problem));
  return {{"kind", failure.kind},
          {"exit_code", failure.exit_code},
          {"message", failure.message},
          {"problems", problems}};
}

void print_json(const Failure& failure) {
  const nlohmann::json document{{"error", fields_of(failure)}};
  try {
    // A file may hold bytes that are no UTF-8; they must not hide the error they are part of.
    print(document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  } catch (const Error& error) {
    // Where standard output is what failed, that is said already.
    if (error.what() != failure.message) say_error(error.what());
  }
}

}  // namespace

nlohmann::json as_json(const Problem& problem) {
  const auto or_null = [](const std::string& text) {
    return text.empty() ? nlohmann::json() : nlohmann::json(text);
  };
  return {{"severity", problem.severity == Problem::Severity::error ? "error" : "warning"},
          {"code", or_null(problem.code)},
          {"file", or_null(problem.file)},
          {"dataset", or_null(problem.dataset)},
          {"row", problem.row ? nlohmann::json(*problem.row) : nlohmann::json()},
          {"group", or_null(problem.group)},
          {"value", or_null(problem.value)},
          {"message", problem.message},
          {"fix", or_null(problem.fix)}};
}

void say_problem(const Problem& problem) {
  const bool stops = problem.severity == Problem::Severity::error;
  run_log().event(stops ? Severity::error : Severity::warning, "problem", as_json(problem));
  stops ? show_error(problem.text()) : show_warning(problem.text());
}

int report_failure(const std::exception_ptr& failure, bool json) {
  Failure described_failure = described(failure);
  if (const int signal = stop_signal(); signal != 0) {
    described_failure = {"stopped",
                         128 + signal,
                         std::string("stopped by ") + signal_name(signal) + ". Nothing was written",
                         {}};
  }
  try {
    run_log().event(Severity::error, "error", fields_of(described_failure));
  } catch (const std::bad_alloc&) {
    // What follows needs less memory than an event, and is what people read.
  }
  if (described_failure.problems.empty()) {
    show_error(described_failure.message);
  } else {
    for (const Problem& problem : described_failure.problems) {
      const bool stops = problem.severity == Problem::Severity::error;
      stops ? show_error(problem.text()) : show_warning(problem.text());
    }
  }
  if (json) print_json(described_failure);
  return described_failure.exit_code;
}

}  // namespace corridor::cli
