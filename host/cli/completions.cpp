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

/// Where a command has commands of its own, as corridor plan, their names come first.
void add_named(const CLI::App& app, std::vector<OptionFacts>& options) {
  OptionFacts which;
  for (const CLI::App* named : app.get_subcommands({})) which.choices.push_back(named->get_name());
  if (which.choices.empty()) return;
  which.names = {"COMMAND"};
  which.type = "NAME";
  which.positional = true;
  options.insert(options.begin(), which);
}

std::vector<CommandFacts> all_commands() {
  std::vector<CommandFacts> all;
  for (const Command& command : commands()) {
    const DeclaredCommand made = declared(command);
    all.push_back({command.name, command.summary, options_of(*made.app)});
    add_named(*made.app, all.back().options);
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

/// What completes a value: names, files, both or nothing.
std::string bash_action(const OptionFacts& option) {
  std::string action;
  if (!option.choices.empty()) {
    action = fmt::format("_corridor_{} '{}'", option.takes_list() ? "list" : "names",
                         fmt::join(option.choices, " "));
  }
  if (option.takes_file()) action += action.empty() ? "_corridor_files" : "; _corridor_files";
  return action.empty() ? ":" : action;
}

std::string bash_value(const std::string& command, const OptionFacts& option) {
  std::vector<std::string> patterns;
  for (const std::string& name : option.names) {
    patterns.push_back(fmt::format("\"{} {}\"", command, name));
  }
  return fmt::format("    {}) {} ;;\n", fmt::join(patterns, "|"), bash_action(option));
}

/// A branch for each argument without a flag, by its place from 1.
std::string bash_positionals(const CommandFacts& command) {
  std::string text;
  int place = 0;
  for (const OptionFacts& option : command.options) {
    if (!option.positional) continue;
    text += fmt::format("    \"{} {}\") {} ;;\n", command.name, ++place, bash_action(option));
  }
  return text;
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
    positionals += bash_positionals(command);
  }
  return R"(# bash completion of corridor, made by: corridor completions bash
_corridor_names() { [[ $counting ]] || COMPREPLY+=($(compgen -W "$1" -- "$word")); }
_corridor_list() {
  local last=${word##*,}
  [[ $counting ]] || COMPREPLY=($(compgen -P "${word%"$last"}" -W "$1" -- "$last"))
}
_corridor_files() {
  [[ $counting ]] && return
  local IFS=$'\n'
  compopt -o filenames
  COMPREPLY+=($(compgen -f -- "$word"))
}
# Completes the value of flag $2 of command $1; false where the flag takes none.
_corridor_value() {
  case "$1 $2" in
)" + values + R"(    *) return 1 ;;
  esac
}
# Which argument without a flag the word is, from 1.
_corridor_place() {
  local counting=1 at place=1
  for ((at = 2; at < COMP_CWORD; at++)); do
    [[ ${COMP_WORDS[at]} == [-=]* || ${COMP_WORDS[at-1]} == = ]] && continue
    _corridor_value "$command" "${COMP_WORDS[at-1]}" || ((place++))
  done
  echo $place
}
_corridor() {
  local word=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  local IFS=$' \t\n' counting=
  COMPREPLY=()
  if [[ $word == = ]]; then
    word=
  elif [[ $flag == = ]]; then
    flag=${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD == 1)); then
    local own=$(compgen -c corridor- | sort -u)
    _corridor_names '--help --version )" +
         names + R"( help'
    _corridor_names "${own//corridor-/}"
    return
  fi
  if [[ $command == help ]]; then
    _corridor_names ')" + names + R"('
    return
  fi
  _corridor_value "$command" "$flag" && return
  if [[ $word == -* ]]; then
    case $command in
)" + flags + R"(    esac
    return
  fi
  local place=$(_corridor_place)
  case "$command $place" in
)" + positionals + R"(    *) _corridor_files ;;
  esac
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
    action = option.takes_list()   ? "_values -s , name " + names
             : option.takes_file() ? "{ compadd -- " + names + "; _files }"
                                   : "(" + names + ")";
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
         "  )\n  if ((CURRENT == 2)); then\n    names+=(${(u)${(k)commands[(I)corridor-*]}#corridor-})\n"
         "    _describe command names\n    return\n  fi\n"
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

/// An argument without a flag; the second one on, where some word stands after the command already.
std::string fish_positional(const std::string& command, const OptionFacts& option, int place) {
  std::string where = "__fish_seen_subcommand_from " + command;
  if (place > 1) where += "; and test (count (commandline -opc)) -ge 3";
  if (place == 1 && !option.takes_file() && !option.choices.empty()) {
    where += "; and not __fish_seen_subcommand_from " +
             fmt::format("{}", fmt::join(option.choices, " "));
  }
  std::string line = fmt::format("complete -c corridor -n '{}'", where);
  line += option.takes_file() || option.choices.empty() ? " -F" : " -f";
  if (!option.choices.empty()) line += fmt::format(" -a '{}'", fmt::join(option.choices, " "));
  return line + "\n";
}

std::string fish_option(const std::string& command, const OptionFacts& option, int place) {
  const std::string where =
      fmt::format("complete -c corridor -n '__fish_seen_subcommand_from {}'", command);
  if (option.positional) return fish_positional(command, option, place);
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
      "complete -c corridor -f\n"
      "complete -c corridor -n __fish_use_subcommand -a "
      "'(complete -C corridor- | string replace -r \"^corridor-(\\\\S+).*\" \"\\$1\")'\n";
  for (const CommandFacts& command : all) {
    text += fmt::format("complete -c corridor -n __fish_use_subcommand -a {} -d '{}'\n",
                        command.name, fish_text(command.summary));
    int place = 0;
    for (const OptionFacts& option : command.options) {
      text += fish_option(command.name, option, option.positional ? ++place : 0);
    }
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
