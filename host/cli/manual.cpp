// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "corridor/error.hpp"
#include "corridor/info.hpp"
#include "host/cli/choices.hpp"
#include "host/cli/command.hpp"
#include "host/cli/exit_codes.hpp"
#include "host/cli/option_facts.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

/// Text that roff prints as it stands.
std::string roff(const std::string& text) {
  std::string escaped;
  bool line_starts = true;
  for (const char c : text) {
    if (line_starts && (c == '.' || c == '\'')) escaped += "\\&";
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else {
      escaped += c;
    }
    line_starts = c == '\n';
  }
  return escaped;
}

/// Lines of their own stay so.
std::string lines(const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (at > 0) result += ".br\n";
    result += roff(text.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return result;
}

std::string heading(const std::string& page, const std::string& summary) {
  return fmt::format(".TH {} 1 \"\" \"corridor {}\" \"Corridor\"\n.SH NAME\n{} \\- {}\n", page,
                     build_facts().version, roff(page), roff(summary));
}

std::string usage(const std::string& command, const std::vector<OptionFacts>& options) {
  std::string text = fmt::format(".SH SYNOPSIS\n.B corridor {}\n", roff(command));
  for (const OptionFacts& option : options) {
    if (!option.positional && !option.required) continue;
    const std::string name = option.positional ? "" : roff(option.names.back()) + " ";
    const std::string value = option.positional ? option.names.front() : option.type;
    const bool may_lack = !option.required;
    text += fmt::format("{}{}\\fI{}\\fR{}\n", may_lack ? "[" : "", name, roff(value),
                        may_lack ? "]" : "");
  }
  return text + "[\\fIOPTIONS\\fR]\n";
}

std::string entry(const OptionFacts& option) {
  std::string names;
  for (const std::string& name : option.names) {
    names += (names.empty() ? "" : ", ") + fmt::format("\\fB{}\\fR", roff(name));
  }
  if (option.takes_value()) names += fmt::format(" \\fI{}\\fR", roff(option.type));
  return ".TP\n" + names + "\n" + lines(option.help);
}

std::string option_sections(const std::vector<OptionFacts>& options) {
  std::vector<std::string> groups;
  for (const OptionFacts& option : options) {
    const std::string& group = option.group;
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }
  std::string text = ".SH OPTIONS\n";
  for (const std::string& group : groups) {
    text += ".SS " + roff(group) + "\n";
    for (const OptionFacts& option : options) {
      if (option.group == group) text += entry(option);
    }
  }
  return text;
}

std::string examples(const std::string& command_lines) {
  return ".SH EXAMPLES\n.nf\n" + roff(command_lines) + "\n.fi\n";
}

std::string closing(const std::string& see_also) {
  return ".SH EXIT STATUS\n" + roff(exit_codes) + "\n.SH SEE ALSO\n" + see_also;
}

std::string page_of(const Command& command) {
  const DeclaredCommand made = declared(command);
  const std::vector<OptionFacts> options = options_of(*made.app);
  const std::string footer = made.app->get_footer();
  return heading("corridor-" + command.name, command.summary) + usage(command.name, options) +
         examples(command.examples) + option_sections(options) +
         (footer.empty() ? "" : ".SH NOTES\n" + lines(footer)) +
         closing(".BR corridor (1)\n");
}

std::string page_of_program() {
  std::string text = heading("corridor", "prices employer medical stop-loss") +
                     ".SH SYNOPSIS\n.B corridor\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n"
                     ".SH COMMANDS\n";
  std::string see_also;
  for (const Command& command : commands()) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}", roff(command.name), lines(command.summary));
    see_also += fmt::format("{}.BR corridor\\-{} (1)", see_also.empty() ? "" : ",\n",
                            roff(command.name));
  }
  return text + closing(see_also + "\n");
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return names;
}

}  // namespace

Action declare_man(CLI::App& app) {
  const auto name = std::make_shared<std::string>();
  const auto list = std::make_shared<bool>(false);
  offer(app.add_option("COMMAND", *name, "The command; without it the page of the program")
            ->type_name("NAME"),
        command_names());
  app.add_flag("--list", *list, "Print the names of the commands, one a line, and end");
  return [name, list](const std::string&) {
    if (*list) {
      for (const std::string& known : command_names()) print(known + "\n");
    } else if (name->empty()) {
      print(page_of_program());
    } else {
      print(page_of(*find_command(one_name("COMMAND", *name, command_names()))));
    }
    return 0;
  };
}

}  // namespace corridor::cli
