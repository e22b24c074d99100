// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace corridor::cli {

/// Does the command and returns its exit code. `command_line` is what the user typed, for
/// provenance.
using Action = std::function<int(const std::string& command_line)>;

/// One subcommand of the program.
struct Command {
  std::string name;
  std::string summary;   ///< one line, for the list of commands
  std::string examples;  ///< whole command lines, one a line: they open the help
  /// Declares the options on `app`; the action reads them once the command line is parsed.
  Action (*declare)(CLI::App& app);
};

/// THE list of commands.
std::span<const Command> commands();

/// The command of a name; nullptr where there is none.
const Command* find_command(const std::string& name);

/// A command with its options declared, those that every command has among them.
struct DeclaredCommand {
  std::unique_ptr<CLI::App> app;
  Action action;
};
DeclaredCommand declared(const Command& command);

/// Parses `arguments` (without program and command name) and runs the command.
///
/// throws  Error{usage} for an argument the command does not know
int run_command(const Command& command, const std::vector<std::string>& arguments);

/// Parses arguments (without program and command name) into what `app` declares.
///
/// throws  Error{usage} naming the argument and the remedy; CLI::CallForHelp
void parse_arguments(CLI::App& app, const std::vector<std::string>& arguments);

Action declare_maturity(CLI::App& app);
Action declare_merge(CLI::App& app);
Action declare_plan(CLI::App& app);
Action declare_price(CLI::App& app);
Action declare_validate(CLI::App& app);
Action declare_check(CLI::App& app);
Action declare_employer(CLI::App& app);
Action declare_replay(CLI::App& app);
Action declare_info(CLI::App& app);
Action declare_scenario(CLI::App& app);
Action declare_seal(CLI::App& app);
Action declare_tail(CLI::App& app);
Action declare_layers(CLI::App& app);
Action declare_work(CLI::App& app);
Action declare_completions(CLI::App& app);
Action declare_man(CLI::App& app);

}  // namespace corridor::cli
