// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/command.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>

#include "corridor/error.hpp"
#include "corridor/info.hpp"
#include "host/cli/common_flags.hpp"
#include "host/cli/nearest.hpp"
#include "host/cli/terminal.hpp"
#include "host/watch/process_use.hpp"

namespace corridor::cli {
namespace {

std::string described(const Command& command) {
  return command.summary + "\n\nExamples:\n" + command.examples + "\n";
}

bool is_negative_number(const std::string& text) {
  return text.size() > 1 && text[0] == '-' &&
         (std::isdigit(static_cast<unsigned char>(text[1])) != 0 || text[1] == '.');
}

// So that a shell reads the argument back as it was.
std::string quoted(const std::string& argument) {
  constexpr const char* plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,=:+@%";
  if (!argument.empty() && argument.find_first_not_of(plain) == std::string::npos) return argument;
  std::string result = "'";
  for (const char c : argument) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// "--years -5" would be read as a flag named 5; joined, the check of --years sees and names the -5.
std::vector<std::string> with_joined_negatives(const std::vector<std::string>& arguments) {
  std::vector<std::string> joined;
  for (const std::string& argument : arguments) {
    const bool follows_flag = !joined.empty() && joined.back().starts_with("--") &&
                              joined.back().find('=') == std::string::npos;
    if (follows_flag && is_negative_number(argument)) {
      joined.back() += "=" + argument;
    } else {
      joined.push_back(argument);
    }
  }
  return joined;
}

std::string typed(const std::string& name, const std::vector<std::string>& arguments) {
  std::string line = "corridor " + name;
  for (const std::string& argument : arguments) line += " " + quoted(argument);
  return line;
}

// A file of results holds the line in an attribute, and HDF5 none of 64 KiB or more.
std::string shortened(const std::string& command_line) {
  constexpr std::size_t most = 16'000;
  return command_line.size() <= most ? command_line : command_line.substr(0, most) + " ...";
}

std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

[[noreturn]] void refuse_extra(const CLI::App& app, const std::string& extra) {
  const std::string flag = extra.substr(0, extra.find('='));
  const std::string nearest = flag.starts_with("--") ? nearest_name(flag, flags_of(app)) : "";
  throw Error(ErrorKind::usage, "'" + extra + "' is not understood by " + app.get_name() + ". " +
                                    (nearest.empty() ? "" : "Did you mean " + nearest + "? ") +
                                    "See " + app.get_name() + " --help");
}

/// "--years: At Most 1 required but received 2" in words of the user's.
std::string plainly(const std::string& what) {
  const std::size_t at = what.find(": At Most 1 required but received ");
  return at == std::string::npos ? what : what.substr(0, at) + " is there twice. Give it once";
}

/// The subcommand that was named, or the command itself.
const CLI::App& spoken_to(const CLI::App& app) {
  const std::vector<const CLI::App*> named = app.get_subcommands([](const CLI::App* sub) {
    return sub->parsed();
  });
  return named.empty() ? app : *named.front();
}

}  // namespace

void parse_arguments(CLI::App& app, const std::vector<std::string>& arguments) {
  std::vector<std::string> reversed = with_joined_negatives(arguments);
  std::reverse(reversed.begin(), reversed.end());  // what CLI11 asks for
  try {
    app.parse(reversed);
  } catch (const CLI::ExtrasError&) {
    refuse_extra(spoken_to(app), app.remaining(true).front());
  } catch (const CLI::CallForHelp&) {
    throw;
  } catch (const CLI::ParseError& error) {
    throw Error(ErrorKind::usage, plainly(error.what()) + ". See " + app.get_name() + " --help");
  }
}

std::span<const Command> commands() {
  static const std::array table{
      Command{"price", "Price a book: one row a group, deductible and corridor.",
              "  corridor price book.h5 -o quotes.h5\n"
              "  corridor price book.h5 -o quotes.h5 --csv quotes.csv "
              "--specific 50000,100000 --corridor 1.10,1.25\n"
              "  corridor price book.h5 --json --years 20000 > quotes.json\n"
              "  corridor price book.h5 -o quotes.h5 --dry-run",
              declare_price},
      Command{"employer", "What a year may cost an employer that funds its own plan.",
              "  corridor employer book.h5 --group G000001\n"
              "  corridor employer book.h5 --group G000001 --arrangement plan.toml "
              "--specific 50000,100000,200000\n"
              "  corridor employer book.h5 --group G000001 --arrangement plan.toml -o study.h5\n"
              "  corridor employer book.h5 --group G000001 --json > study.json",
              declare_employer},
      Command{"tail", "What a whole book's year may cost: its tail, its treaties, who makes it.",
              "  corridor tail book.h5\n"
              "  corridor tail book.h5 -o tail.h5 --years 1000000 --levels 0.99,0.995,0.999\n"
              "  corridor tail book.h5 --csv contributions.csv --table contributions\n"
              "  corridor tail book.h5 --no-treaties --marginal G000001,G000002\n"
              "  corridor tail book.h5 --json > tail.json",
              declare_tail},
      Command{"plan", "Cut a long run into units that any number of machines can compute.",
              "  corridor plan price book.h5 -o run --years 10000000\n"
              "  corridor work run                 # here, on other machines, again after a crash\n"
              "  corridor merge run -o quotes.h5",
              declare_plan},
      Command{"work", "Compute what is left of a planned run.",
              "  corridor work run\n"
              "  corridor work run --worker 3/8\n"
              "  corridor work run --max-hours 11.5 --self-check 1%",
              declare_work},
      Command{"merge", "Put the units of a planned run together: the results of one process.",
              "  corridor merge run -o quotes.h5\n"
              "  corridor merge run -o quotes.h5 --csv quotes.csv --force",
              declare_merge},
      Command{"layers", "Price rare layers of each person's claims by importance sampling.",
              "  corridor layers book.h5 --layer 1000000:1000000,2000000:3000000\n"
              "  corridor layers book.h5 --layer 5000000:inf --groups G000001 --years 1000000\n"
              "  corridor layers book.h5 --layer 1000000:1000000 --csv layers.csv",
              declare_layers},
      Command{"scenario", "What changes in a book under a stress, on the same draws.",
              "  corridor scenario --list\n"
              "  corridor scenario book.h5 trend_plus_4\n"
              "  corridor scenario book.h5 my_stress.toml -o scenario.h5 --levels 0.99,0.995\n"
              "  corridor scenario book.h5 gene_therapies --csv groups.csv --table groups",
              declare_scenario},
      Command{"validate", "List every problem of a book, errors first.",
              "  corridor validate book.h5\n"
              "  corridor validate book.h5 --json > problems.json",
              declare_validate},
      Command{"check", "Compare a book's options with the rules of its states.",
              "  corridor check book.h5\n"
              "  corridor check book.h5 --specific 30000,50000 --corridor 1.10,1.25\n"
              "  corridor check book.h5 --rules my_rules.csv --csv findings.csv\n"
              "  corridor check book.h5 --json --all > findings.json",
              declare_check},
      Command{"maturity", "Show what each contract basis costs against a mature contract.",
              "  corridor maturity book.h5\n"
              "  corridor maturity book.h5 --specific 50000,100000,250000\n"
              "  corridor maturity book.h5 --csv > maturity.csv\n"
              "  corridor maturity book.h5 -o maturity.h5",
              declare_maturity},
      Command{"replay", "Show one simulated year again, person by person, to the cent.",
              "  corridor replay book.h5 --group G000001 --year 4711\n"
              "  corridor replay book.h5 --group G000001 --year 4711 --specific 50000 "
              "--corridor 1.25\n"
              "  corridor replay book.h5 --group G000001 --year 4711 --floor 0 --csv persons.csv\n"
              "  corridor replay book.h5 --year 4711 -o year.h5",
              declare_replay},
      Command{"info", "Show this build, its devices, or what a file holds.",
              "  corridor info\n"
              "  corridor info book.h5\n"
              "  corridor info --json",
              declare_info},
      Command{"seal", "Write the digest of a book's content into it, so that damage is noticed.",
              "  corridor seal book.h5", declare_seal},
      Command{"completions", "Print what makes a shell complete commands, flags and names.",
              "  corridor completions bash > ~/.local/share/bash-completion/completions/corridor\n"
              "  corridor completions zsh > ~/.zsh/completions/_corridor\n"
              "  corridor completions fish > ~/.config/fish/completions/corridor.fish",
              declare_completions},
      Command{"man", "Print the manual page of a command, or of the program.",
              "  corridor man | man -l -\n"
              "  corridor man price | man -l -",
              declare_man},
  };
  return table;
}

const Command* find_command(const std::string& name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

DeclaredCommand declared(const Command& command) {
  DeclaredCommand made;
  made.app = std::make_unique<CLI::App>(described(command), "corridor " + command.name);
  made.app->set_help_flag("-h,--help", "Show this help");
  made.action = command.declare(*made.app);
  declare_common_flags(*made.app);
  for (CLI::App* named : made.app->get_subcommands({})) named->fallthrough();
  return made;
}

int run_command(const Command& command, const std::vector<std::string>& arguments) {
  const DeclaredCommand made = declared(command);
  CLI::App& app = *made.app;
  apply_common_flags(arguments);
  try {
    parse_arguments(app, arguments);
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return 0;
  }
  apply_loudness(app);
  const std::string command_line = shortened(typed(command.name, arguments));
  run_log().event(Severity::info, "started",
                  {{"command", command.name},
                   {"command_line", command_line},
                   {"version", build_facts().version},
                   {"git_revision", build_facts().git_revision},
                   {"host", host_name()},
                   {"process", ::getpid()}});
  return made.action(command_line);
}

}  // namespace corridor::cli
