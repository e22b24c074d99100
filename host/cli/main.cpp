// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <string>
#include <vector>

#include "corridor/error.hpp"
#include "corridor/info.hpp"
#include "host/cli/command.hpp"
#include "host/cli/exit_codes.hpp"
#include "host/cli/external.hpp"
#include "host/cli/failure.hpp"
#include "host/cli/nearest.hpp"
#include "host/cli/run_log.hpp"
#include "host/cli/signals.hpp"
#include "host/cli/terminal.hpp"
#include "host/h5/apart.hpp"
#include "host/portfolio/reader_process.hpp"

namespace corridor::cli {
namespace {

std::string overview() {
  std::string text =
      "Corridor prices employer medical stop-loss by simulation.\n\n"
      "Examples:\n"
      "  corridor validate book.h5\n"
      "  corridor price book.h5 -o quotes.h5 --specific 50000,100000 --corridor 1.10,1.25\n"
      "  corridor tail book.h5 -o tail.h5\n\n"
      "Usage: corridor COMMAND [OPTIONS]\n\n"
      "Commands:\n";
  for (const Command& command : commands()) {
    text +=
        "  " + command.name + std::string(13 - command.name.size(), ' ') + command.summary + "\n";
  }
  text +=
      "\nOptions:\n"
      "  -h, --help  Show this help; after a command, the help of that command\n"
      "  --version   Show version and revision\n\n"
      "A program corridor-NAME on PATH or beside this one runs as the command NAME.\n"
      "Exit codes: ";
  return text + exit_codes + "\n";
}

[[noreturn]] void refuse_unknown(const std::string& name) {
  std::vector<std::string> known;
  for (const Command& command : commands()) known.push_back(command.name);
  const std::string nearest = nearest_name(name, known);
  throw Error(ErrorKind::usage, "there is no command '" + name + "', and no program corridor-" +
                                    name + " on PATH or beside this one. " +
                                    (nearest.empty() ? "" : "Did you mean " + nearest + "? ") +
                                    "See corridor --help");
}

int run(std::vector<std::string> arguments) {
  if (arguments.empty()) {
    throw Error(ErrorKind::usage, "which command? See corridor --help");
  }
  const std::string name = arguments.front();
  arguments.erase(arguments.begin());
  if (name == "--version") {
    print(version_text() + "\n");
    return 0;
  }
  const bool wants_help = name == "--help" || name == "-h" || name == "help";
  if (wants_help && !arguments.empty()) {
    if (const Command* command = find_command(arguments.front())) {
      return run_command(*command, {"--help"});
    }
    refuse_unknown(arguments.front());
  }
  if (wants_help) {
    print(overview());
    return 0;
  }
  if (const Command* command = find_command(name)) return run_command(*command, arguments);
  if (const auto program = external_command(name)) become(*program, arguments);
  refuse_unknown(name);
}

bool asks_for_json(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--json") return true;
  }
  return false;
}

}  // namespace
}  // namespace corridor::cli

int main(int argc, char** argv) {
  // The helper that parses a book for another corridor process: nothing else may run before it.
  if (argc > 1 && std::string(argv[1]) == "__read-book") return corridor::run_reader(argc, argv);

  namespace cli = corridor::cli;
  cli::open_missing_descriptors();
  cli::catch_signals();
  corridor::h5::build_apart(true);
  std::vector<std::string> arguments;
  int exit_code = 0;
  try {
    arguments.assign(argv + (argc > 0 ? 1 : 0), argv + argc);
    exit_code = cli::run(arguments);
  } catch (...) {
    exit_code = cli::report_failure(std::current_exception(), cli::asks_for_json(arguments));
  }
  try {
    cli::run_log().finish(exit_code);
  } catch (...) {
    // Without memory for its account the run has still come to its end.
  }
  return exit_code;
}
