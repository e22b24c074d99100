// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/completions.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "host/cli/choices.hpp"
#include "host/cli/command.hpp"
#include "host/cli/option_facts.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

const std::vector<std::string> shells{"bash", "zsh", "fish"};

struct CommandFacts {
  std::string name, summary;
  std::vector<OptionFacts> options;
};

std::vector<CommandFacts> all_commands() {
  std::vector<CommandFacts> all;
  for (const Command& command : commands()) {
    all.push_back({command.name, command.summary, options_of(*declared(command).app)});
  }
  return all;
}

std::string with_each(const std::string& text, char what, const std::string& instead) {
  std::string result;
  for (const char c : text) result += c == what ? instead : std::string(1, c);
  return result;
}

/// Between single quotes of bash and zsh.
std::string shell_text(const std::string& text) { return with_each(text, '\'', "'\\''"); }

std::vector<std::string> flag_names(const CommandFacts& command) {
  std::vector<std::string> names;
  for (const OptionFacts& option : command.options) {
    if (!option.positional) names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

// --- bash

/// The branch of an option's value: names, files or nothing.
std::string bash_value(const std::string& command, const OptionFacts& option) {
  std::vector<std::string> patterns;
  for (const std::string& name : option.names) patterns.push_back(fmt::format("\"{} {}\"", command, name));
  std::string action = "return";
  if (option.takes_file()) action = "_corridor_files; return";
  if (!option.choices.empty()) {
    action = fmt::format("_corridor_{} '{}'; return", option.takes_list() ? "list" : "names",
                         fmt::join(option.choices, " "));
  }
  return fmt::format("    {}) {} ;;\n", fmt::join(patterns, "|"), action);
}

std::string bash_positional(const CommandFacts& command) {
  for (const OptionFacts& option : command.options) {
    if (option.positional && !option.choices.empty()) {
      return fmt::format("    {}) _corridor_names '{}'; return ;;\n", command.name,
                         fmt::join(option.choices, " "));
    }
  }
  return "";
}

std::string bash_script(const std::vector<CommandFacts>& all) {
  std::string values, flags, positionals, names;
  for (const CommandFacts& command : all) {
    names += (names.empty() ? "" : " ") + command.name;
    for (const OptionFacts& option : command.options) {
      if (option.takes_value()) values += bash_value(command.name, option);
    }
    flags += fmt::format("      {}) _corridor_names '{}' ;;\n", command.name,
                         fmt::join(flag_names(command), " "));
    positionals += bash_positional(command);
  }
  return R"(# bash completion of corridor, made by: corridor completions bash
_corridor_names() { COMPREPLY=($(compgen -W "$1" -- "$word")); }
_corridor_list() {
  local last=${word##*,}
  COMPREPLY=($(compgen -P "${word%"$last"}" -W "$1" -- "$last"))
}
_corridor_files() { compopt -o filenames; COMPREPLY=($(compgen -f -- "$word")); }
_corridor() {
  local word=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  local IFS=$' \t\n'
  COMPREPLY=()
  if [[ $word == = ]]; then
    word=
  elif [[ $flag == = ]]; then
    flag=${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD == 1)); then
    _corridor_names '--help --version )" +
         names + R"( help'
    return
  fi
  case "$command $flag" in
    "help "*) _corridor_names ')" +
         names + "'; return ;;\n" + values + R"(  esac
  if [[ $word == -* ]]; then
    case $command in
)" + flags + R"(    esac
    return
  fi
  case $command in
)" + positionals +
         R"(  esac
  IFS=$'\n'
  _corridor_files
}
complete -F _corridor corridor
)";
}

// --- zsh

std::string zsh_help(const std::string& text) {
  std::string escaped = with_each(text, '\\', "\\\\");
  for (const char c : {'[', ']', ':'}) escaped = with_each(escaped, c, std::string("\\") + c);
  return shell_text(escaped);
}

/// ":FILE:_files", ":NAME:(auto cpu cuda)"; of a flag nothing.
std::string zsh_value(const OptionFacts& option) {
  if (option.type.empty()) return "";
  std::string action = option.takes_file() ? "_files" : " ";
  if (!option.choices.empty()) {
    const std::string names = fmt::format("{}", fmt::join(option.choices, " "));
    action = option.takes_list() ? "_values -s , name " + names : "(" + names + ")";
  }
  return ":" + zsh_help(option.type) + ":" + action;
}

std::string zsh_option(const OptionFacts& option) {
  if (option.positional) return fmt::format("        '{}'", zsh_value(option));
  const std::string text = fmt::format("[{}]{}", zsh_help(option.summary()), zsh_value(option));
  if (option.names.size() == 1) return fmt::format("        '{}{}'", option.names.front(), text);
  return fmt::format("        '({0})'{{{1}}}'{2}'", fmt::join(option.names, " "),
                     fmt::join(option.names, ","), text);
}

std::string zsh_script(const std::vector<CommandFacts>& all) {
  std::string names, cases;
  for (const CommandFacts& command : all) {
    names += fmt::format("    '{}:{}'\n", command.name, zsh_help(command.summary));
    cases += fmt::format("    {})\n      _arguments -s", command.name);
    for (const OptionFacts& option : command.options) cases += " \\\n" + zsh_option(option);
    cases += "\n      ;;\n";
  }
  return "#compdef corridor\n# zsh completion of corridor, made by: corridor completions zsh\n"
         "_corridor() {\n  local -a names=(\n" +
         names +
         "  )\n  if ((CURRENT == 2)); then\n    _describe command names\n    return\n  fi\n"
         "  shift words\n  ((CURRENT--))\n  case $words[1] in\n    help) _describe command names "
         ";;\n" +
         cases +
         "  esac\n}\n"
         "if [[ $funcstack[1] == _corridor ]]; then\n  _corridor \"$@\"\nelse\n  compdef _corridor "
         "corridor\nfi\n";
}

// --- fish

std::string fish_text(const std::string& text) {
  return with_each(with_each(text, '\\', "\\\\"), '\'', "\\'");
}

std::string fish_option(const std::string& command, const OptionFacts& option) {
  const std::string where =
      fmt::format("complete -c corridor -n '__fish_seen_subcommand_from {}'", command);
  if (option.positional) {
    if (option.choices.empty()) return where + " -F\n";
    return fmt::format("{} -f -a '{}'\n", where, fmt::join(option.choices, " "));
  }
  std::string line = where;
  for (const std::string& name : option.names) {
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (option.takes_value()) line += option.takes_file() ? " -r -F" : " -x";
  if (!option.choices.empty()) line += fmt::format(" -a '{}'", fmt::join(option.choices, " "));
  return line + fmt::format(" -d '{}'\n", fish_text(option.summary()));
}

std::string fish_script(const std::vector<CommandFacts>& all) {
  std::string text =
      "# fish completion of corridor, made by: corridor completions fish\n"
      "complete -c corridor -f\n";
  for (const CommandFacts& command : all) {
    text += fmt::format("complete -c corridor -n __fish_use_subcommand -a {} -d '{}'\n",
                        command.name, fish_text(command.summary));
    for (const OptionFacts& option : command.options) text += fish_option(command.name, option);
  }
  return text;
}

}  // namespace

std::string completions(const std::string& shell) {
  const std::vector<CommandFacts> all = all_commands();
  return shell == "bash" ? bash_script(all) : shell == "zsh" ? zsh_script(all) : fish_script(all);
}

Action declare_completions(CLI::App& app) {
  const auto shell = std::make_shared<std::string>();
  offer(app.add_option("SHELL", *shell, "bash, zsh or fish")->required()->type_name("NAME"),
        shells);
  return [shell](const std::string&) {
    print(completions(one_name("SHELL", *shell, shells)));
    return 0;
  };
}

}  // namespace corridor::cli
